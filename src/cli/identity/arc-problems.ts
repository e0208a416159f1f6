import type { Machine } from '../../azure/index.ts';
import { deleteCommand } from '../../azure/machine-id.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { ArcFound, ArcSite } from './arc-site.ts';

const named = ({ id }: ArcSite, { status }: Machine): string =>
  `machine ${id.name} is in resource group ${id.resourceGroup} already${status === '' ? '' : ` (${status})`}`;

function taken(site: ArcSite, machine: Machine): Diagnostic {
  const { store, removes } = site;
  const copy = `copy ${store.path} from where it was made`;
  const hint = removes
    ? `${copy}; if that machine is to go whoever made it, ${deleteCommand(site.id)}`
    : `${copy}, or name this one otherwise in \`auth.machineName\`; \`--replace\` deletes that machine and makes it anew`;
  const message = `${named(site, machine)}, and its key is not here`;
  return { severity: 'error', code: 'azure/machine-taken', path: 'auth', message, hint };
}

function elsewhere({ id, wanted }: ArcSite, { location }: Machine): Diagnostic {
  return {
    severity: 'error',
    code: 'azure/machine-location',
    path: 'auth.location',
    message: `machine ${id.name} is in ${location}, and Azure moves none to another location (${wanted.location})`,
    hint: `write \`location: ${location}\` in \`auth\`; or \`flexgen identity remove\` and apply again, which makes it anew`,
  };
}

/** Azure takes `West Europe` for `westeurope`. */
const place = (location: string): string => location.replaceAll(' ', '').toLowerCase();

/** What about a machine that is there stands against making it what the config wants, or against removing it. */
export function machineProblem(
  site: ArcSite,
  machine: Machine,
  { state, key }: Pick<ArcFound, 'state' | 'key'>,
): Diagnostic | undefined {
  if (state === 'foreign') {
    // Where ours is gone and its key is all that is left, another of its name is in nobody's way.
    const isAllowed = site.removes ? key !== null : site.replace;
    return isAllowed ? undefined : taken(site, machine);
  }
  const isElsewhere = place(machine.location) !== place(site.wanted.location);
  return isElsewhere && !site.removes ? elsewhere(site, machine) : undefined;
}

/** What is left as it is although the config wants it otherwise. */
export function machineWarnings(
  site: ArcSite,
  machine: Machine,
  { state }: Pick<ArcFound, 'state'>,
): Diagnostic[] {
  const { id, wanted, removes } = site;
  if (removes) {
    if (state !== 'foreign') return [];
    const message = `${named(site, machine)}, and is another one than was made from here: it stays`;
    return [{ severity: 'warning', code: 'azure/machine-taken', path: 'auth', message }];
  }
  const other = Object.entries(wanted.tags).filter(([key, value]) => machine.tags[key] !== value);
  if (state !== 'ours' || other.length === 0) return [];
  const tags = other.map(([key, value]) => `"${key}=${value}"`).join(' ');
  return [
    {
      severity: 'warning',
      code: 'azure/machine-tags',
      path: 'auth.tags',
      message: `machine ${id.name} has connected, so its tags stay as they are`,
      hint: `\`az tag update --operation Merge --resource-id ${machine.resourceId} --tags ${tags}\` changes them`,
    },
  ];
}
