import standalone from 'ajv/dist/standalone/index.js';
import type { Plugin } from 'esbuild';
import { assembleSchema, factsSchema } from '../config/index.ts';
import type { JsonSchema } from '../config/mode.ts';
import { newAjv } from '../config/validator.ts';
import { definitions } from '../cli/definitions.ts';

const compiled = 'flexgen-compiled-schemas';

/** Below these keys stand a user's names, and not a schema's. */
const named = new Set(['properties', '$defs', 'patternProperties']);

const isWord = (key: string): boolean => ['description', 'examples', 'title'].includes(key);

/** A schema without what only people read: a fifth of the module, which each start would have to parse. */
function withoutWords(schema: object, areNames = false): JsonSchema {
  const kept = Object.entries(schema).filter(([key]) => areNames || !isWord(key));
  return Object.fromEntries(
    kept.map(([key, value]) => [key, valueWithoutWords(value, !areNames && named.has(key))]),
  );
}

function valueWithoutWords(value: unknown, areNames: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => valueWithoutWords(item, false));
  return typeof value === 'object' && value !== null ? withoutWords(value, areNames) : value;
}

/** CommonJS, because ajv's ESM output has a bare `require`; esbuild bundles it either way. */
function compiledModule(schemas: readonly JsonSchema[]): string {
  const ajv = newAjv({ code: { source: true }, messages: false });
  const ids = schemas.map((schema) => String(schema['$id']));
  for (const schema of schemas) ajv.addSchema(withoutWords(schema));
  return (
    standalone.default(ajv, Object.fromEntries(ids.map((id, index) => [`schema${index}`, id]))) +
    `
exports.byId = {${ids.map((id, index) => `${JSON.stringify(id)}: exports.schema${index}`).join(', ')}};`
  );
}

/** Puts the schemas' checks into the bundle as code: the shipped program has no schema compiler. */
export function schemaPlugin(root: string): Plugin {
  return {
    name: 'flexgen-schemas',
    setup(build) {
      build.onLoad({ filter: /src\/config\/validator\.ts$/ }, () => ({
        contents: `
import { byId } from '${compiled}';
export const compile = (schema) => {
  const validate = byId[schema.$id];
  return (value) => (validate(value) ? [] : (validate.errors ?? []));
};`,
        resolveDir: root,
        loader: 'js',
      }));
      build.onResolve({ filter: new RegExp(`^${compiled}$`) }, () => ({
        path: compiled,
        namespace: compiled,
      }));
      build.onLoad({ filter: /.*/, namespace: compiled }, () => ({
        contents: compiledModule([assembleSchema(definitions), factsSchema]),
        resolveDir: root,
        loader: 'js',
      }));
    },
  };
}
