import type { YAMLError } from 'yaml';
import type { Range, Source } from './source.ts';

/** What is wrong with a file as YAML; always an error. */
export interface YamlProblem {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly range: Range;
}

type Text = readonly [message: string, hint: string];

const directive: Text = ['YAML directives (`%…`) are not supported', 'remove the line'];

/** What YAML's own errors mean to somebody who wrote a config. Not one of them repeats what the file has at that place. */
const texts: Partial<Record<YAMLError['code'], Text>> = {
  TAB_AS_INDENT: ['a tab indents this line', 'YAML indents with spaces alone; use two for each level'],
  BAD_INDENT: [
    'this line does not fit the lines around it',
    'indent keys of one map, and items of one list, alike',
  ],
  BLOCK_AS_IMPLICIT_KEY: [
    'a second key on one line, or an indented key under a value',
    'put each key on a line of its own; put a value that has `: ` in it in quotes',
  ],
  BAD_SCALAR_START: ['a plain value cannot start with this character', 'put the value in quotes'],
  BAD_DQ_ESCAPE: [
    'this backslash sequence means nothing in double quotes',
    "write \\\\ for a backslash, or use single quotes: '…'",
  ],
  MISSING_CHAR: ['a `: ` is missing here', 'write `key: value`, with the space after the colon'],
  BAD_ALIAS: ['YAML aliases (`*name`) are not supported', 'write the value out, or put it in quotes'],
  BLOCK_IN_FLOW: [
    'a second value, or an indented one, stands inside `{…}` or `[…]`',
    'close the bracket first; put a value that has `: ` in it in quotes',
  ],
  MULTILINE_IMPLICIT_KEY: [
    'a key goes over more than one line',
    'write `key: value`; close each quote on its line',
  ],
  MULTIPLE_DOCS: ['a second document starts here', 'one file holds one config: remove the `---`'],
  TAG_RESOLVE_FAILED: ['YAML tags (`!name`) are not supported', 'remove the tag, or put the value in quotes'],
  BAD_DIRECTIVE: directive,
  RESOURCE_EXHAUSTION: ['the file is nested too deeply', 'a config has no more than a dozen levels'],
};

/** Where one code stands for two mistakes, YAML's own words tell which. */
const special: readonly (readonly [pattern: RegExp, text: Text])[] = [
  [
    /closing ["']quote/,
    ['a quote is not closed', 'look further up for a value that starts with a quote and has no second one'],
  ],
  [/end with a [\]}]/, ['a bracket is not closed', 'close it with `]` or `}`']],
];

const otherwise: Text = [
  'this is not valid YAML',
  'look for a missing quote, bracket or `: `, and put a value with special characters in quotes',
];

/** Where YAML stumbled; at the end of the file rather in its last line than in the empty one below. */
function placeOf({ pos: [start, end] }: YAMLError, text: string): Range {
  const last = text.trimEnd().length;
  return start >= last ? { start: last, end: last + 1 } : { start, end };
}

/** A mistake often makes YAML stumble on; what follows the first few says nothing new. */
const maxProblems = 10;

// The value after a key of that name on its line, or, if that line has none, the line below.
const secretLike =
  /(?:secret|token|passw\w*|credential\w*)["']?[ \t]*[:=][ \t]*(?:\r?\n[ \t]+(?!(?:env|file|command):))?(?![{[|>\s])([^\r\n]+)/gi;

/**
 * YAML's errors, one for each line; none of them = the file has a directive. What a broken file means can't be known, so a value that looks like a secret by its
 * key is hidden.
 */
export function yamlProblems(errors: readonly YAMLError[], source: Source): YamlProblem[] {
  for (const match of source.text.matchAll(secretLike)) {
    const end = match.index + match[0].length;
    source.hide({ start: end - (match[1] ?? '').length, end });
  }
  if (errors.length === 0) {
    const [message, hint] = directive;
    const start = Math.max(0, source.text.search(/^%/m));
    return [{ code: 'config/yaml', message, hint, range: { start, end: start + 1 } }];
  }
  const lines = new Set<number>();
  const problems: YamlProblem[] = [];
  for (const error of errors) {
    if (problems.length === maxProblems) break;
    const range = placeOf(error, source.text);
    const { line } = source.locate(range);
    if (lines.has(line)) continue;
    lines.add(line);
    const known = special.find(([pattern]) => pattern.test(error.message))?.[1];
    const [message, hint] = known ?? texts[error.code] ?? otherwise;
    problems.push({ code: 'config/yaml', message, hint, range });
  }
  return problems;
}
