import { isMap } from '../data.ts';
import type { JsonSchema } from '../mode.ts';
import type { Path } from '../path.ts';

/** The schema's own sub-schemas under a keyword, e.g. `properties`. */
export function children(
  schema: JsonSchema | undefined,
  keyword: string,
): Readonly<Record<string, JsonSchema>> {
  const value = schema?.[keyword];
  if (!isMap(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, JsonSchema] => isMap(entry[1])),
  );
}

/** The schema's own sub-schema under a keyword, e.g. `propertyNames`. */
export function child(schema: JsonSchema | undefined, keyword: string): JsonSchema | undefined {
  const value = schema?.[keyword];
  return isMap(value) ? value : undefined;
}

/** The branches of a mapping that is told apart by its `mode`. */
function branches(schema: JsonSchema): readonly JsonSchema[] {
  const list: unknown = schema['oneOf'];
  return Array.isArray(list) ? list.filter(isMap) : [];
}

/** Every mode that the branches stand for. */
export function modesOf(schema: JsonSchema): string[] {
  return branches(schema).map((branch) => String(children(branch, 'properties')['mode']?.['const']));
}

/** What a `$ref` stands for, under the keywords beside it. */
function resolve(root: JsonSchema, schema: JsonSchema): JsonSchema {
  const ref = schema['$ref'];
  if (typeof ref !== 'string') return schema;
  const { $ref: _, ...beside } = schema;
  return { ...children(root, '$defs')[ref.replace('#/$defs/', '')], ...beside };
}

/** The branch that `data` says by its mode; with an unknown mode all of them as one. */
function select(schema: JsonSchema, data: unknown): JsonSchema {
  const list = branches(schema);
  if (list.length === 0) return schema;
  const mode = isMap(data) ? data['mode'] : undefined;
  const chosen = list.find((branch) => children(branch, 'properties')['mode']?.['const'] === mode);
  if (chosen !== undefined) return { ...schema, ...chosen, oneOf: undefined };
  const properties = Object.assign({}, ...list.map((branch) => children(branch, 'properties')));
  return { ...schema, properties };
}

/**
 * The schemas from the root down to a path, one more than the path has segments. It is shorter where a key is unknown,
 * or where anything goes.
 */
export function schemasAlong(root: JsonSchema, path: Path, data: unknown): readonly JsonSchema[] {
  let value = data;
  let schema = select(root, value);
  const along = [schema];
  for (const segment of path) {
    const next: unknown =
      typeof segment === 'number'
        ? schema['items']
        : (children(schema, 'properties')[segment] ?? schema['additionalProperties']);
    if (!isMap(next)) break;
    value = Array.isArray(value) ? value[Number(segment)] : isMap(value) ? value[segment] : undefined;
    schema = select(resolve(root, next), value);
    along.push(schema);
  }
  return along;
}

/** The schema of a path, or undefined where the schema has none. */
export function schemaAt(root: JsonSchema, path: Path, data: unknown): JsonSchema | undefined {
  return schemasAlong(root, path, data)[path.length];
}
