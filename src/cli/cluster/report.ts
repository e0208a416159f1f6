import { granted } from '../../kubernetes/binding.ts';
import type { Subject } from '../../kubernetes/binding.ts';
import { tokenIn } from '../../kubernetes/bootstrap-token.ts';
import type { Change } from '../../kubernetes/diff.ts';
import type { Difference } from '../../kubernetes/differences.ts';
import { titleOf } from '../../kubernetes/kinds.ts';
import { isOurs } from '../../kubernetes/object.ts';
import type { FoundObject, WantedObject } from '../../kubernetes/object.ts';
import { marks } from '../action.ts';
import { visible } from '../text-width.ts';

function called({ kind, name, namespace }: Subject): string {
  return visible(`${kind.toLowerCase()} ${namespace === undefined ? '' : `${namespace}/`}${name}`);
}

const all = (subjects: readonly Subject[]): string => subjects.map(called).join(', ') || 'nobody';

/** The object as it will be, or was before it goes. */
const objectOf = (change: Change): WantedObject | FoundObject =>
  change.action === 'delete' ? change.found : change.wanted;

/** How a list of changes is shown. */
export interface Shown {
  readonly now: Date;
  /** Nothing has been made: a new token has no id yet. */
  readonly planned: boolean;
}

/** How long it is to a time, as people say it. */
function until(time: Date, now: Date): string {
  const minutes = Math.round((time.getTime() - now.getTime()) / 60_000);
  if (minutes <= 0) return 'expired';
  return `expires in ${minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`}`;
}

/** What one line says of an object beside its name; of a Secret never what is in it. */
function summary(object: WantedObject | FoundObject, { now }: Shown): string {
  const { kind, content } = object;
  if (kind === 'Secret') return `  ${until(tokenIn(object)?.expires ?? now, now)}`;
  if (kind !== 'ClusterRoleBinding') return '';
  const { role, subjects } = granted(content);
  return `  ${visible(role)} → ${all(subjects)}`;
}

/** What a token is called that `apply` would make: what it is called then, nobody knows now. */
const nameOf = (
  { action }: Change,
  { kind, name }: WantedObject | FoundObject,
  { planned }: Shown,
): string => (planned && action === 'create' && kind === 'Secret' ? 'bootstrap-token-<new>' : name);

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
export function changeText(change: Change, shown: Shown): string {
  const object = objectOf(change);
  const title = titleOf({ ...object, name: nameOf(change, object, shown) });
  const mine = change.action !== 'keep' || isOurs(change.found) ? '' : '  (as wanted, not made by flexgen)';
  return `${marks[change.action]} ${visible(title)}${summary(object, shown)}${mine}\n${details(change)}`;
}

/** The same for programs. */
export function changeData(change: Change, shown: Shown): object {
  const { action } = change;
  const object = objectOf(change);
  const { kind, namespace, content } = object;
  const name = nameOf(change, object, shown);
  if (kind === 'ClusterRoleBinding') {
    const before = 'found' in change ? granted(change.found.content) : null;
    return { action, kind, name, ...granted(content), before };
  }
  const fields = 'differences' in change ? change.differences.map(({ path }) => path) : [];
  const expires = tokenIn(object)?.expires.toISOString();
  return { action, kind, namespace, name, ...(expires === undefined ? {} : { expires }), fields };
}
