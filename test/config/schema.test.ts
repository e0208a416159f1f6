import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assembleSchema, factsSchema } from '../../src/config/index.ts';
import type { JsonSchema } from '../../src/config/mode.ts';
import { compile } from '../../src/config/validator.ts';
import { formats } from '../../src/config/values/index.ts';
import { definitions } from './definitions.ts';

const config = assembleSchema(definitions);

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every schema of a property, by its path. */
function* properties(schema: JsonSchema, path = ''): Generator<readonly [string, JsonSchema]> {
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'properties' && isSchema(value)) {
      for (const [key, property] of Object.entries(value)) {
        if (!isSchema(property)) continue;
        yield [`${path}.${key}`, property];
        yield* properties(property, `${path}.${key}`);
      }
    } else if (keyword === '$defs' || keyword === 'oneOf') {
      for (const [key, part] of Object.entries(value as object))
        yield* properties(part as JsonSchema, `${path}.${key}`);
    } else if (isSchema(value) && keyword !== 'default') {
      yield* properties(value, `${path}.${keyword}`);
    }
  }
}

/** Every schema that describes a map of known keys. */
const maps = (schema: JsonSchema) =>
  [['', schema] as const, ...properties(schema)].filter(([, part]) => 'properties' in part);

for (const [name, schema] of Object.entries({ config, facts: factsSchema })) {
  test(`${name}: ajv takes the schema in its strict mode`, () => {
    assert.notDeepEqual(compile(schema)({}), []);
  });

  test(`${name}: every key is described, in a sentence`, () => {
    const all = [...properties(schema)];
    assert.ok(all.length > 8);
    const bare = all.filter(
      ([, { description }]) => typeof description !== 'string' || !description.endsWith('.'),
    );
    assert.deepEqual(
      bare.map(([path]) => path).filter((path) => !path.endsWith('.mode')),
      [],
    );
  });

  test(`${name}: every key shows how it is written: a default, an example, or the one thing that it may be`, () => {
    const defs = new Map(
      Object.entries(Object(schema['$defs'])).map(([key, def]) => [`#/$defs/${key}`, def]),
    );
    const shows = (part: JsonSchema): boolean => {
      const inside = defs.get(String(part['$ref'])) ?? part['items'];
      return (
        ['default', 'examples', 'const'].some((word) => word in part) || (isSchema(inside) && shows(inside))
      );
    };
    const bare = [...properties(schema)].filter(([, part]) => !shows(part));
    assert.deepEqual(
      bare.map(([path]) => path),
      [],
    );
  });

  test(`${name}: no map takes a key that it does not know`, () => {
    const open = maps(schema).filter(
      ([, part]) => part['additionalProperties'] !== false && !('oneOf' in part),
    );
    assert.deepEqual(
      open.map(([path]) => path),
      [],
    );
  });

  test(`${name}: every format is known`, () => {
    const used = [...properties(schema)].flatMap(([, { format }]) =>
      typeof format === 'string' ? [format] : [],
    );
    assert.deepEqual(
      used.filter((format) => formats[format] === undefined),
      [],
    );
  });

  test(`${name}: examples and defaults satisfy their own schema`, () => {
    for (const [path, property] of properties(schema)) {
      const { $defs } = schema;
      const check = compile({
        type: 'object',
        properties: { it: property },
        ...($defs === undefined ? {} : { $defs }),
      });
      const examples = [property['examples'] ?? [], 'default' in property ? [property['default']] : []].flat(
        1,
      );
      for (const it of examples) {
        assert.deepEqual(check({ it: structuredClone(it) }), [], path);
        if (typeof it === 'string' && !it.includes('…')) {
          assert.equal(formats[String(property['format'])]?.(it)?.message, undefined, path);
        }
      }
    }
  });
}

test('defaults come in, in a mode’s own keys too', () => {
  const data = { auth: { mode: 'service-principal' }, node: {} };
  compile(config)(data);
  assert.deepEqual(data.auth, { mode: 'service-principal', credentialUse: 'bootstrap' });
  assert.deepEqual(data.node, {
    name: { from: 'hostname' },
    os: 'ubuntu-24.04',
    arch: 'amd64',
    hosts: {},
    labels: {},
    taints: [],
    maxPods: 110,
    kubelet: {},
    forceKubelet: false,
  });
});

test('a network mode must be named where each needs something', () => {
  const [bridge] = definitions.network;
  assert.deepEqual(assembleSchema({ ...definitions, network: [bridge] })['required'], [
    'apiVersion',
    'cluster',
    'auth',
    'network',
  ]);
});
