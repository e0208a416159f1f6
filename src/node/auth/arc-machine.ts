import type { ClusterFacts } from '../../config/facts.ts';
import type { Spec } from '../../config/spec.ts';
import { parseResourceId } from '../../config/values/resource-id.ts';
import { machineName } from '../../config/values/arc.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { settle } from '../../diagnostics/diagnostic.ts';
import type { Arc } from './arc-mode.ts';

/** The machine's resource in Azure. */
export interface ArcMachine {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** null = the machine's own host name, which only it knows. */
  readonly name: string | null;
  readonly location: string;
  readonly tenantId: string;
  readonly tags: Readonly<Record<string, string>>;
}

const problem = (path: string, code: string, message: string, hint: string): Diagnostic => ({
  severity: 'error',
  code: `auth/${code}`,
  path,
  message,
  hint,
});

/** What `azcmagent connect --tags` takes as one text can't have its separators in a part. */
function unsayableTags({ onboarding, tags }: Arc): Diagnostic[] {
  if (onboarding.kind === 'preregistered') return [];
  return Object.entries(tags)
    .filter(([name, value]) => /[,=]/.test(name) || /[,=]/.test(value))
    .map(([name]) =>
      problem(
        `auth.tags[${JSON.stringify(name)}]`,
        'arc-tag',
        'the agent can’t set a tag with a comma or an equals sign',
        'leave them out, or use `onboarding: preregistered`, which sets tags from here',
      ),
    );
}

function nameProblems({ onboarding }: Arc, name: string | null): Diagnostic[] {
  if (name === null) {
    if (onboarding.kind !== 'preregistered') return [];
    const message = 'a machine that is registered before it boots needs a name';
    const hint =
      'set `node.name`, or `machineName`; for a group with one payload use `onboarding: service-principal`';
    return [problem('auth', 'arc-name', message, hint)];
  }
  const wrong = machineName(name);
  if (wrong === undefined) return [];
  const message = 'the node’s name is not one that an Arc machine may have';
  return [problem('node.name', 'arc-name', message, `set \`auth.machineName\`: ${wrong.hint}`)];
}

/**
 * The machine that the config means: what it leaves out is the cluster's. Fails with everything that is lacking, each
 * with what says it.
 */
export function arcMachine(
  auth: Arc,
  { cluster, node }: Pick<Spec, 'cluster' | 'node'>,
  facts: ClusterFacts,
): Result<ArcMachine> {
  const id = cluster.kind === 'resource-id' ? cluster.resourceId : facts.aks?.resourceId;
  const home = id === undefined ? undefined : parseResourceId(id);
  const name = auth.machineName ?? node.name;
  const found: Diagnostic[] = [];
  const known = (key: string, value: string | null | undefined): string => {
    if (value !== null && value !== undefined && value !== '') return value;
    const message = `nothing says the Arc machine’s \`${key}\``;
    const hint = `add \`${key}\` to \`auth\`; \`cluster.resourceId\`, or facts of \`flexgen facts\`, say it too`;
    found.push(problem('auth', 'arc-machine', message, hint));
    return '';
  };
  const machine = {
    subscriptionId: known('subscriptionId', auth.subscriptionId ?? home?.subscriptionId),
    resourceGroup: known('resourceGroup', auth.resourceGroup ?? home?.resourceGroup),
    name,
    location: known('location', auth.location ?? facts.aks?.location),
    tenantId: known('tenantId', auth.tenantId ?? facts.tenantId),
    tags: auth.tags,
  };
  return settle(machine, [...found, ...nameProblems(auth, name), ...unsayableTags(auth)]);
}
