import { assembleSchema } from '../../src/config/index.ts';
import type { JsonSchema } from '../../src/config/mode.ts';
import { definitions } from '../../src/cli/definitions.ts';

/** One key of the config. */
export interface Key {
  readonly path: string;
  /** What may stand there. */
  readonly takes: string;
  readonly default: string;
  readonly description: string;
}

const schema = assembleSchema(definitions);

const maps = (value: unknown): Readonly<Record<string, JsonSchema>> => Object(value);

/** What a schema refers to, under its own words. */
function whole(part: JsonSchema): JsonSchema {
  const { $ref, ...own } = part;
  return typeof $ref === 'string' ? { ...maps(schema['$defs'])[$ref.replace('#/$defs/', '')], ...own } : part;
}

const code = (value: unknown): string =>
  `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``.replaceAll('\n', '⏎');

function takes(part: JsonSchema): string {
  const choices: unknown = part['enum'] ?? ('const' in part ? [part['const']] : undefined);
  if (Array.isArray(choices)) return choices.map(code).join(', ');
  // A mode: its branches say what it may be.
  if (part['type'] === undefined) return [part['examples']].flat().map(code).join(', ');
  const types = [part['type']].flat().map(String).join(' or ');
  const [example] = [part['examples']].flat();
  return example === undefined ? types : `${types}, e.g. ${code(example)}`;
}

function* keysOf(part: JsonSchema, path: string): Generator<Key> {
  for (const [name, raw] of Object.entries(maps(part['properties']))) {
    const property = whole(raw);
    const here = path === '' ? name : `${path}.${name}`;
    yield {
      path: here,
      takes: takes(property),
      default: 'default' in property ? code(property['default']) : '',
      description: String(property['description']),
    };
    // A secret and a file are the same everywhere: they stand at the end, once.
    if (raw['$ref'] === undefined) yield* keysOf(property, here);
    const others = property['additionalProperties'];
    if (typeof others === 'object' && others !== null) yield* keysOf(others as JsonSchema, `${here}.NAME`);
  }
}

/** A part of the config with a mode has the keys of each beside it. */
function* modesOf(section: string): Generator<readonly [title: string, keys: readonly Key[]]> {
  const { oneOf } = maps(schema['properties'])[section] ?? {};
  for (const branch of Array.isArray(oneOf) ? (oneOf as JsonSchema[]) : [])
    yield [
      `${section}, with mode ${code(branch['title'])}: ${String(branch['description'])}`,
      [...keysOf(branch, section)].filter(({ path }) => path !== `${section}.mode`),
    ];
}

/** Every key, section by section. */
export function keySections(): readonly (readonly [title: string, keys: readonly Key[]])[] {
  const sections = Object.keys(maps(schema['properties']));
  const own = [...keysOf(schema, '')];
  return [
    ...sections.flatMap((section) => [
      [section, own.filter(({ path }) => path === section || path.startsWith(`${section}.`))] as const,
      ...modesOf(section),
    ]),
    ['a secret, wherever one is asked for', [...keysOf(maps(schema['$defs'])['secret'] ?? {}, 'SECRET')]],
    ['a file, wherever one is asked for', [...keysOf(maps(schema['$defs'])['file'] ?? {}, 'FILE')]],
  ].filter(([, keys]) => keys.length > 0) as (readonly [string, readonly Key[]])[];
}
