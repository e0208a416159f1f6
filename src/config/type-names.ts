import type { JsonSchema } from './mode.ts';

/** The schema's types as a reader of YAML calls them. */
export const typeNames: Readonly<Record<string, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'a string',
  integer: 'a whole number',
  number: 'a number',
  boolean: '`true` or `false`',
  null: 'nothing',
};

/** What a value is, in the same words. */
export function typeOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'boolean') return 'a boolean';
  return typeNames[typeof value] ?? 'something else';
}

/** How to write one of the wanted types instead. */
export function typeHint(types: readonly string[], value: unknown, schema: JsonSchema): { hint?: string } {
  if (types.includes('a list') && typeof value === 'string')
    return { hint: 'write a list: `[one, two]`, or one `- ` for each' };
  const [example]: unknown[] = [schema['examples']].flat();
  if (types.includes('a map') && typeof value === 'string') {
    return {
      hint:
        example === undefined
          ? 'write `key: value` pairs, indented below it'
          : `write it like \`${inFlow(example)}\``,
    };
  }
  if (types.includes('a map') && Array.isArray(value)) return { hint: 'write `key: value`, without `- `' };
  if (types.includes('a list') && typeof value === 'object') return { hint: 'start each item with `- `' };
  return {};
}

/** An example of the schema as one would write it in one line of YAML. */
export function inFlow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inFlow).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value).split('\n')[0] ?? '';
  return `{${Object.entries(value)
    .map(([key, item]) => `${key}: ${inFlow(item)}`)
    .join(', ')}}`;
}
