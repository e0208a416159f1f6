import type { Language } from '../encode/index.ts';
import type { ProblemKind } from './problem.ts';
import { contextAfter } from './syntax.ts';

/** Stands for a mustache in the text of a template: what an encoder will put there is one token. Private use. */
export const TOKEN = '\ue000';
/** Stands for the tag of a block. Private use. */
export const TAG = '\ue001';

export interface Misplacement {
  readonly kind: ProblemKind & ('quoted' | 'comment' | 'position');
  readonly message: string;
  readonly hint?: string;
}

const WHOLE = 'it is a whole value: nothing may stand directly before or after it';

/** What must stand before a token on its line, and after it, for its readers to see the token as one. */
const NEIGHBOURS = {
  sh: [/^/, /^/, ''],
  unit: [
    /^(?!\s*Exec)\s*[A-Za-z]+=/,
    /^/,
    'write NAME={{name}}; for Exec…= set it in Environment=, and use that',
  ],
  toml: [/(?:^|[\s=[{,.])$/, /^(?:$|[\s=\]},.])/, WHOLE],
  hcl: [/(?:^|[\s=[{(,:])$/, /^(?:$|[\s=\]}),:])/, WHOLE],
  json: [/(?:^|[\s:[{,])$/, /^(?:$|[\s:\]},])/, WHOLE],
  yaml: [/(?:^|[\s[{,])$/, /^(?:$|[\s\]},]|:(?:\s|$))/, WHOLE],
  env: [/^[A-Za-z_][A-Za-z0-9_]*=$/, /^$/, 'write NAME={{name}} on a line of its own'],
  ini: [/^[^\s=[]+\s*=\s*$/, /^\s*$/, 'write key = {{name}} on a line of its own'],
} as const satisfies Record<Language, readonly [before: RegExp, after: RegExp, hint: string]>;

/**
 * Why a token of the language cannot stand between these two texts, or undefined where it can. This is no full parser:
 * it does not see, for example, that a line belongs to a YAML literal block.
 */
export function misplaced(language: Language, before: string, after: string): Misplacement | undefined {
  const context = contextAfter(language, before.replaceAll(TAG, ''));
  if (context === 'quotes') return { kind: 'quoted', message: 'a value stands inside quotes' };
  if (context === 'comment') return { kind: 'comment', message: 'a value stands inside a comment' };
  const [mayPrecede, mayFollow, hint] = NEIGHBOURS[language];
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const rest = after.split('\n', 1)[0] ?? '';
  const inBlocks = language === 'env' || language === 'ini' ? aroundLine(line, rest) : anywhere(line, rest);
  if (mayPrecede.test(inBlocks[0]) && mayFollow.test(inBlocks[1])) return undefined;
  return { kind: 'position', message: `a value cannot stand here in a file of language ${language}`, hint };
}

/** Blocks may hold whole lines only: `NAME={{#each list}}{{this}}{{/each}}` would put several tokens into one value. */
function aroundLine(line: string, rest: string): [string, string] {
  return [line.replace(new RegExp(`^${TAG}+`), ''), rest.replace(new RegExp(`${TAG}+$`), '')];
}

function anywhere(line: string, rest: string): [string, string] {
  return [line.replaceAll(TAG, ''), rest.replaceAll(TAG, '')];
}
