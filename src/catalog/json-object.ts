import { suggest } from '../diagnostics/suggest.ts';
import type { JsonNode } from './json-tree.ts';
import type { Span } from './locate.ts';

/** Reports one problem of a kind at a span of the text; `path` is where in the document, `` for its root. */
export type ReportAt = (
  kind: 'syntax' | 'key' | 'value' | 'duplicate',
  span: Span,
  path: string,
  message: string,
  hint?: string,
) => void;

interface KnownKeys {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/** The members of an object by key. Reports unknown, duplicate and missing keys; no members where `node` is no object. */
export function readObject(
  node: JsonNode,
  path: string,
  keys: KnownKeys,
  report: ReportAt,
): ReadonlyMap<string, JsonNode> {
  const members = new Map<string, JsonNode>();
  if (node.kind !== 'object') {
    report('value', node, path, `${path || 'the file'} must be an object: { … }`);
    return members;
  }
  const known = [...keys.required, ...keys.optional];
  for (const { key, keySpan, value } of node.members) {
    if (!known.includes(key)) {
      const meant = suggest(key, known);
      const hint = meant === undefined ? `its keys are ${known.join(', ')}` : `did you mean "${meant}"?`;
      report('key', keySpan, path, `unknown key ${JSON.stringify(key)}`, hint);
    } else if (members.has(key)) {
      report('key', keySpan, path, `duplicate key "${key}"`, 'keep one of them');
    } else {
      members.set(key, value);
    }
  }
  for (const key of keys.required) {
    if (!members.has(key)) {
      report('key', { start: node.start, end: node.start + 1 }, path, `the key "${key}" is missing`);
    }
  }
  return members;
}
