import { granted } from '../kubernetes/binding.ts';
import type { Subject } from '../kubernetes/binding.ts';
import type { Change } from '../kubernetes/diff.ts';
import type { Difference } from '../kubernetes/differences.ts';
import { titleOf } from '../kubernetes/kinds.ts';
import { isOurs } from '../kubernetes/object.ts';
import type { FoundObject, WantedObject } from '../kubernetes/object.ts';
import { visible } from './text-width.ts';

const marks = { create: '+', change: '~', replace: '~', keep: '=', delete: '-' } as const satisfies Record<
  Change['action'],
  string
>;

function called({ kind, name, namespace }: Subject): string {
  return visible(`${kind.toLowerCase()} ${namespace === undefined ? '' : `${namespace}/`}${name}`);
}

const all = (subjects: readonly Subject[]): string => subjects.map(called).join(', ') || 'nobody';

/** The object as it will be, or was before it goes. */
const subjectOf = (change: Change): WantedObject | FoundObject =>
  change.action === 'delete' ? change.found : change.wanted;

/** What one line says of an object beside its name. */
function summary({ kind, content }: WantedObject | FoundObject): string {
  if (kind !== 'ClusterRoleBinding') return '';
  const { role, subjects } = granted(content);
  return `  ${visible(role)} → ${all(subjects)}`;
}

/** Below a changed binding: what goes and what comes. */
function bindingDetails(wanted: WantedObject, found: FoundObject): readonly string[] {
  const before = granted(found.content);
  const { role, subjects } = granted(wanted.content);
  const was = before.subjects.map(called);
  const is = subjects.map(called);
  return [
    ...(before.role === role
      ? []
      : [
          `- role ${visible(before.role)}`,
          `+ role ${role} (a role can’t be changed: deleted and made again)`,
        ]),
    ...was.filter((name) => !is.includes(name)).map((name) => `- ${name}`),
    ...is.filter((name) => !was.includes(name)).map((name) => `+ ${name}`),
  ];
}

const linesOf = (value: unknown): readonly string[] =>
  value === undefined ? [] : (typeof value === 'string' ? value : JSON.stringify(value)).split('\n');

/** A field in lines, where a text of many lines differs in few. */
function fieldDetails({ path, was, wanted }: Difference): readonly string[] {
  if (was === null && wanted === null) return [`~ ${visible(path)}`];
  const [gone, come] = [linesOf(was), linesOf(wanted)];
  return [
    ...gone.filter((line) => !come.includes(line)).map((line) => `- ${visible(`${path}: ${line}`)}`),
    ...come.filter((line) => !gone.includes(line)).map((line) => `+ ${visible(`${path}: ${line}`)}`),
  ];
}

function details(change: Change): string {
  if (change.action !== 'change' && change.action !== 'replace') return '';
  const { wanted, found, differences } = change;
  const lines =
    wanted.kind === 'ClusterRoleBinding'
      ? bindingDetails(wanted, found)
      : differences.flatMap((field) => fieldDetails(field));
  return lines.map((line) => `    ${line}\n`).join('');
}

/** One change as a line that reads like a diff; a changed object has its differences below it. */
export function changeText(change: Change): string {
  const object = subjectOf(change);
  const mine = change.action !== 'keep' || isOurs(change.found) ? '' : '  (as wanted, not made by flexgen)';
  return `${marks[change.action]} ${visible(titleOf(object))}${summary(object)}${mine}\n${details(change)}`;
}

/** The same for programs. */
export function changeData(change: Change): object {
  const { action } = change;
  const { kind, namespace, name, content } = subjectOf(change);
  if (kind === 'ClusterRoleBinding') {
    const before = 'found' in change ? granted(change.found.content) : null;
    return { action, kind, name, ...granted(content), before };
  }
  const fields = 'differences' in change ? change.differences.map(({ path }) => path) : [];
  return { action, kind, namespace, name, fields };
}
