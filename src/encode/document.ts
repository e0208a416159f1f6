import { DEFAULT_SCALAR_STYLE_RULES, dump, SCALAR_STYLE } from 'js-yaml';
import type { ScalarStyleRule } from 'js-yaml';

/** Whether a line that is ended has more than blanks. Not one pattern for all: on a long line it would look at each pair of places. */
const hasLine = (text: string): boolean =>
  text
    .split('\n')
    .slice(0, -1)
    .some((line) => /\S/.test(line.slice(line.lastIndexOf('\r') + 1)));

/** js-yaml quotes a text with tabs, which turns a whole script into one line. PyYAML reads tabs in a literal block as they are. */
const literalDespiteTabs: ScalarStyleRule = (layout) => {
  const text = layout.node.value;
  const literal = 1 << SCALAR_STYLE.LITERAL_BLOCK;
  if (layout.style !== SCALAR_STYLE.PLAIN || layout.isKey || (layout.allowedStylesMask & literal) === 0)
    return;
  // What YAML or PyYAML treats as a line break, or what a reviewer cannot see, stays escaped.
  // kubelet's reader takes a tab at the start of a block for its indentation.
  if (hasLine(text) && !/^[ \n]*\t/.test(text) && !/[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]/.test(text))
    layout.style = SCALAR_STYLE.LITERAL_BLOCK;
};

/** A YAML document for people, who will go on writing it: indented by two spaces. */
export const readableYaml = (value: unknown): string => dump(value, { lineWidth: -1, noRefs: true });

/** js-yaml ends a document whose last text keeps its empty lines; but what is written may stand before more of the same. */
const marker = /(?<=\n)\.\.\.\n$/;

const newDocument = (value: unknown): string =>
  dump(value, {
    indent: 1,
    seqNoIndent: true,
    seqInlineFirst: false,
    lineWidth: -1,
    noRefs: true,
    scalarStyleRules: [literalDespiteTabs, ...Object.values(DEFAULT_SCALAR_STYLE_RULES)],
  }).replace(marker, '');

/** Small documents that were written last, by their JSON: the nodes of a fleet have most of theirs in common. */
const recent = new Map<string, string>();
const [mostRecent, small] = [64, 4096];

/**
 * A whole YAML document that YAML 1.1 (PyYAML, so cloud-init) and 1.2 read back alike: keys in the given order, texts of
 * several lines as literal blocks, indented by one space because a provider counts each byte of user-data.
 */
export function yamlDocument(value: unknown): string {
  const key = JSON.stringify(value);
  const before = recent.get(key);
  if (before !== undefined) return before;
  const text = newDocument(value);
  if (recent.size >= mostRecent) recent.clear();
  if (key.length <= small) recent.set(key, text);
  return text;
}

// What YAML 1.1 takes for a line break, or refuses, and JSON has as it is.
const unlikeJson = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A YAML mapping whose keys each stand on a line of their own, with their values as JSON that YAML 1.1 reads alike. */
export function yamlLines(mapping: Readonly<Record<string, unknown>>): string {
  return Object.entries(mapping)
    .map(([key, value]) => `${key}: ${JSON.stringify(value).replace(unlikeJson, escaped)}\n`)
    .join('');
}

/** A whole JSON document with a line break at its end, indented by two spaces, keys in the given order. */
export function jsonDocument(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A whole JSON document on one line: for files where each byte of user-data counts. */
export function compactJson(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

const items = new WeakMap<object, string>();

function itemOf(value: object): string {
  const text = items.get(value) ?? yamlDocument([value]);
  items.set(value, text);
  return text;
}

/** A YAML list of these maps, each of which is written once however often it is in a list. */
export const yamlList = (values: readonly object[]): string => values.map(itemOf).join('');
