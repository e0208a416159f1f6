import { JsonSyntaxError, parseJsonTree } from '../../catalog/json-tree.ts';
import type { JsonNode } from '../../catalog/json-tree.ts';
import { locator } from '../../catalog/locate.ts';
import type { Result, SourceLocation } from '../../diagnostics/diagnostic.ts';
import { ok, refused } from '../../diagnostics/diagnostic.ts';
import { fields } from './fields.ts';

/** A field as the file has it. */
export interface Leaf {
  /** As AKSFlexNode's sources spell it: like every Go program it takes any case. */
  readonly path: string;
  readonly value: unknown;
  readonly location: SourceLocation;
}

const spelled = new Map(Object.keys(fields).map((path) => [path.toLowerCase(), path]));
/** Objects on the way to a field. */
const sections = new Set(
  [...spelled.keys()].flatMap((path) =>
    path.split('.').map((_, index, parts) => parts.slice(0, index).join('.')),
  ),
);

function plain(node: JsonNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'array') return node.items.map(plain);
  return Object.fromEntries(node.members.map(({ key, value }) => [key, plain(value)]));
}

function leavesOf(node: JsonNode, path: string, locate: (node: JsonNode) => SourceLocation): readonly Leaf[] {
  const lower = path.toLowerCase();
  const isField = spelled.has(lower);
  if (node.kind === 'object' && sections.has(lower) && (!isField || node.members.length > 0))
    return node.members.flatMap(({ key, value }) =>
      leavesOf(value, path === '' ? key : `${path}.${key}`, locate),
    );
  return [{ path: spelled.get(lower) ?? path, value: plain(node), location: locate(node) }];
}

const problem = (message: string, location: SourceLocation, hint: string) =>
  refused({ code: 'migrate/json', message, hint, location });

/** The fields of a config of AKSFlexNode, in its order; of one that is there twice the last counts, as there. */
export function readFields(text: string, file: string): Result<readonly Leaf[]> {
  const locate = locator(file, text);
  try {
    const root = parseJsonTree(text);
    if (root.kind !== 'object')
      return problem('this is no config of AKSFlexNode', locate(root), 'its config.json is a JSON object');
    const leaves = leavesOf(root, '', locate);
    return ok([...new Map(leaves.map((leaf) => [leaf.path, leaf])).values()]);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return problem(error.message, locate(error), 'AKSFlexNode’s config.json is strict JSON');
  }
}
