import { structuredPatch } from 'diff';
import type { Review, ReviewedFile } from './review.ts';

/** What differs in one thing that both payloads may have. */
export interface Difference {
  /** A file's path, or what of cloud-init it is. */
  readonly name: string;
  readonly state: 'added' | 'removed' | 'changed';
  /** What is not in the text: mode, owner, how it is packed. */
  readonly details: readonly string[];
  /** A unified diff's hunks, secrets masked; null where there is no text, or no difference in it. */
  readonly hunks: string | null;
}

/** One thing of a payload. */
interface Thing {
  readonly text: string | null;
  /** What else is compared, with its name. */
  readonly details: Readonly<Record<string, string>>;
}

const fileThing = ({ mode, owner, sha256, text, append }: ReviewedFile): Thing => ({
  text,
  details: {
    mode,
    owner: owner ?? 'root:root',
    append: String(append),
    ...(sha256 === null ? {} : { sha256 }),
  },
});

const lines = (list: readonly string[]): string => list.map((line) => `${line}\n`).join('');

/** Everything that a payload does, by name: its files first, then what cloud-init is told. */
function thingsOf({ files, parts, commands, modules }: Review): ReadonlyMap<string, Thing> {
  const things = new Map<string, Thing>();
  const add = (name: string, thing: Thing): void => {
    // A path that is written twice, or appended to.
    const same = things.get(name);
    const text = same === undefined ? thing.text : `${same.text ?? ''}${thing.text ?? ''}`;
    things.set(name, { ...thing, text });
  };
  for (const file of files) add(file.path, fileThing(file));
  for (const { kind, name, text } of parts)
    if (text !== null) add(`(${kind}) ${name}`, { text, details: {} });
  for (const stage of ['init', 'final'] as const) {
    const texts = commands.filter((command) => command.stage === stage).map(({ text }) => text);
    if (texts.length > 0)
      add(stage === 'init' ? '(bootcmd)' : '(runcmd)', { text: lines(texts), details: {} });
  }
  for (const { key, text } of modules) add(`(${key})`, { text, details: {} });
  return things;
}

/** Where nothing is, `diff -u` names the line before. */
const range = (start: number, count: number): string => `${count === 0 ? start - 1 : start},${count}`;

/** Beyond so many changed lines it is another file, and to compare them takes for ever. */
const mostEdits = 4000;

function hunksOf(before: string, after: string): string | null {
  if (before === after) return null;
  const patch = structuredPatch('', '', before, after, undefined, undefined, {
    context: 3,
    maxEditLength: mostEdits,
  });
  if (patch === undefined)
    return `all lines differ: ${before.split('\n').length} before, ${after.split('\n').length} after\n`;
  return patch.hunks
    .map(
      ({ oldStart, oldLines, newStart, newLines, lines: body }) =>
        `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@\n${lines(body)}`,
    )
    .join('');
}

function difference(
  name: string,
  before: Thing | undefined,
  after: Thing | undefined,
): Difference | undefined {
  const state = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  const keys = [...new Set([...Object.keys(before?.details ?? {}), ...Object.keys(after?.details ?? {})])];
  const details =
    state === 'changed'
      ? keys
          .filter((key) => before?.details[key] !== after?.details[key])
          .map((key) => `${key} ${before?.details[key] ?? '-'} -> ${after?.details[key] ?? '-'}`)
      : keys.filter((key) => key === 'mode').map((key) => `${key} ${(after ?? before)?.details[key] ?? ''}`);
  const hunks = hunksOf(before?.text ?? '', after?.text ?? '');
  return state === 'changed' && details.length === 0 && hunks === null
    ? undefined
    : { name, state, details, hunks };
}

/** What differs between two payloads, thing by thing, in the order of the first one; not what they are wrapped in. */
export function compareReviews(before: Review, after: Review): readonly Difference[] {
  const [old, now] = [thingsOf(before), thingsOf(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names.flatMap((name) => difference(name, old.get(name), now.get(name)) ?? []);
}
