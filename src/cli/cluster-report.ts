import type { FoundBinding, Subject } from '../kubernetes/binding.ts';
import { isOurs } from '../kubernetes/binding.ts';
import type { Change } from '../kubernetes/diff.ts';
import { visible } from './text-width.ts';

const marks = { create: '+', change: '~', replace: '~', keep: '=', delete: '-' } as const satisfies Record<
  Change['action'],
  string
>;

function called({ kind, name, namespace }: Subject): string {
  return visible(`${kind.toLowerCase()} ${namespace === undefined ? '' : `${namespace}/`}${name}`);
}

const all = (subjects: readonly Subject[]): string => subjects.map(called).join(', ') || 'nobody';

const roleOf = ({ roleRef }: FoundBinding): string =>
  visible(roleRef.kind === 'ClusterRole' ? roleRef.name : `${roleRef.kind} ${roleRef.name}`);

interface Sides {
  readonly name: string;
  readonly role: string;
  readonly subjects: readonly Subject[];
  readonly before: { readonly role: string; readonly subjects: readonly Subject[] } | null;
}

function sides(change: Change): Sides {
  const before =
    'found' in change ? { role: roleOf(change.found), subjects: change.found.subjects ?? [] } : null;
  if (change.action === 'delete') {
    const { role, subjects } = before ?? { role: '', subjects: [] };
    return { name: change.found.metadata.name, role, subjects, before };
  }
  return { ...change.wanted, before };
}

/** Below a changed binding: what goes and what comes. */
function details({ role, subjects, before }: Sides): string[] {
  const was = (before?.subjects ?? []).map(called);
  const is = subjects.map(called);
  return [
    ...(before === null || before.role === role
      ? []
      : [`- role ${before.role}`, `+ role ${role} (a role can’t be changed: deleted and made again)`]),
    ...was.filter((name) => !is.includes(name)).map((name) => `- ${name}`),
    ...is.filter((name) => !was.includes(name)).map((name) => `+ ${name}`),
  ].map((line) => `    ${line}\n`);
}

/** One change as a line that reads like a diff; a changed binding has its differences below it. */
export function changeText(change: Change): string {
  const it = sides(change);
  const mine = change.action !== 'keep' || isOurs(change.found) ? '' : '  (as wanted, not made by flexgen)';
  const line = `${marks[change.action]} clusterrolebinding ${visible(it.name)}  ${it.role} → ${all(it.subjects)}${mine}\n`;
  return change.action === 'change' || change.action === 'replace' ? line + details(it).join('') : line;
}

/** The same for programs. */
export function changeData(change: Change): object {
  const { name, role, subjects, before } = sides(change);
  return { action: change.action, kind: 'ClusterRoleBinding', name, role, subjects, before };
}

/** What has to be done, or was. */
export const isWrite = ({ action }: Change): boolean => action !== 'keep';
