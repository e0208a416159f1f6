import type { ErrorObject } from 'ajv';
import { suggest } from '../diagnostics/suggest.ts';
import type { JsonSchema } from './mode.ts';
import { pathOf } from './error-path.ts';
import { formatPath, type Path } from './path.ts';
import type { Problem } from './problem.ts';
import { quote, quoteAll } from './quote.ts';
import { children, modesOf, schemaAt } from './schema/schema-at.ts';
import { inFlow, typeHint, typeNames, typeOf } from './type-names.ts';

type Text = Pick<Problem, 'code' | 'message'> & Partial<Pick<Problem, 'hint' | 'target' | 'path'>>;

/** What a translation may look at: the error, where it is, the schema and the value there. */
interface Site {
  readonly root: JsonSchema;
  readonly path: Path;
  readonly schema: JsonSchema;
  readonly value: unknown;
  readonly data: unknown;
  readonly params: Readonly<Record<string, unknown>>;
}

/** The path's last key, as a subject: `node` or, at the top, the file. */
function subject(path: Path): string {
  const key = path.findLast((segment) => typeof segment === 'string');
  return key === undefined ? 'the file' : quote(key);
}

const secretForms = '{env: NAME}, {file: PATH} or {command: [PROGRAM, ARGUMENT, …]}';

function secretInPlain(path: Path): Text {
  return {
    code: 'config/secret-in-plain',
    message: `a secret may not stand in this file: ${subject(path)} says where it comes from`,
    hint: `write ${secretForms}`,
  };
}

function didYouMean(typed: string, known: readonly string[]): string | undefined {
  const sameButCase = known.find((key) => key.toLowerCase() === typed.toLowerCase());
  if (sameButCase !== undefined) return `keys are case-sensitive: did you mean ${quote(sameButCase)}?`;
  // Nothing of the schema is longer than 40 letters, and comparing takes time.
  const near = typed.length > 40 ? undefined : suggest(typed, known);
  return near === undefined ? undefined : `did you mean ${quote(near)}?`;
}

/** The sections whose own key this is: it was probably written a level too high or too low. */
function elsewhere(root: JsonSchema, key: string): string | undefined {
  const sections = children(root, 'properties');
  if (sections[key] !== undefined) return `${quote(key)} stands at the top of the file: indent it less`;
  const home = Object.keys(sections).find(
    (section) => children(sections[section], 'properties')[key] !== undefined,
  );
  return home === undefined ? undefined : `${quote(key)} belongs under ${quote(home)}`;
}

function unknownKey({ root, path, schema, params }: Site): Text {
  // The key may be the secret itself, in braces.
  if (schema['secret'] === true) return secretInPlain(path);
  const key = String(params['additionalProperty']);
  const known = Object.keys(children(schema, 'properties'));
  return {
    code: 'config/unknown-key',
    message: `unknown key ${quote(key)}`,
    hint: didYouMean(key, known) ?? elsewhere(root, key) ?? `known here: ${known.join(', ')}`,
    path: [...path, key],
    target: 'key',
  };
}

function missingKey({ root, path, data, params }: Site): Text {
  const key = String(params['missingProperty']);
  const examples: unknown = schemaAt(root, [...path, key], data)?.['examples'];
  const example = Array.isArray(examples) ? `, e.g. \`${key}: ${inFlow(examples[0])}\`` : '';
  return {
    code: 'config/missing-key',
    // A source may be asked for that the file says nothing of: there is no place that would show where it goes.
    message: `${path.length > 2 ? quote(formatPath(path)) : subject(path)} needs ${quote(key)}`,
    hint: `add ${quote(key)}${example}`,
    target: 'key',
  };
}

function wrongType({ path, schema, value, params }: Site): Text {
  if (schema['secret'] === true && value !== null) {
    return secretInPlain(path);
  }
  const types = [params['type']].flat().map((type) => typeNames[String(type)] ?? String(type));
  if (value === null) {
    const hint = 'give it a value, or remove it';
    return {
      code: 'config/type',
      message: `${subject(path)} is empty: expected ${types.join(' or ')}`,
      hint,
    };
  }
  const fraction = params['type'] === 'integer' && typeof value === 'number';
  const quoted = types.includes('a string') && (typeof value === 'number' || typeof value === 'boolean');
  return {
    code: 'config/type',
    message: `expected ${types.join(' or ')}, found ${fraction ? 'a fraction' : typeOf(value)}`,
    ...(quoted ? { hint: 'put it in quotes' } : typeHint(types, value, schema)),
  };
}

function notAnOption(path: Path, value: unknown, options: readonly string[]): Text {
  const near = typeof value === 'string' && value.length <= 40 ? suggest(value, options) : undefined;
  const all = `${options.length === 1 ? 'write' : 'one of'} ${quoteAll(options, 'or')}`;
  const found = typeof value === 'string' || typeof value === 'number' ? quote(String(value)) : typeOf(value);
  return {
    code: 'config/option',
    message: `${found} is no option of ${subject(path)}`,
    hint: near === undefined || options.length === 1 ? all : `did you mean ${quote(near)}? ${all}`,
  };
}

function byMode({ path, schema, params }: Site): Text {
  const at = [...path, 'mode'];
  const modes = modesOf(schema);
  if (params['error'] === 'mapping') return { ...notAnOption(at, params['tagValue'], modes), path: at };
  const hint = `add \`mode: \` and one of ${quoteAll(modes, 'or')}`;
  const message = `${subject(path)} needs ${quote('mode')}`;
  return { code: 'config/missing-key', message, hint, target: 'key' };
}

function oneOfKeys({ path, schema }: Site): Text {
  const keys = Object.keys(children(schema, 'properties'));
  const message = `${subject(path)} needs exactly one of ${quoteAll(keys)}`;
  const hint = schema['secret'] === true ? `write ${secretForms}` : 'keep one';
  return { code: 'config/one-of', message, hint };
}

const tooEmpty = ({ path }: Site): Text => ({
  code: 'config/empty',
  message: `${subject(path)} is empty`,
  hint: 'give it a value, or remove it',
});

const outOfRange = ({ path, schema }: Site): Text => ({
  code: 'config/range',
  message: `${subject(path)} must be from ${String(schema['minimum'])} to ${String(schema['maximum'])}`,
});

const tooMany = ({ path, schema }: Site): Text => ({
  code: 'config/range',
  message: `${subject(path)} may have at most ${String(schema['maxItems'])} items`,
});

const translations: Readonly<Record<string, (site: Site) => Text>> = {
  additionalProperties: unknownKey,
  required: missingKey,
  type: wrongType,
  enum: ({ path, value, params }) => notAnOption(path, value, [params['allowedValues']].flat().map(String)),
  const: ({ path, value, params }) => notAnOption(path, value, [String(params['allowedValue'])]),
  discriminator: byMode,
  minProperties: oneOfKeys,
  maxProperties: oneOfKeys,
  minLength: tooEmpty,
  minItems: tooEmpty,
  maxItems: tooMany,
  minimum: outOfRange,
  maximum: outOfRange,
};

/** What ajv found, in words that say what to do. */
export function translate(error: ErrorObject, root: JsonSchema, data: unknown): Problem {
  const { path, value } = pathOf(error, data);
  const site: Site = {
    root,
    path,
    value,
    data,
    schema: schemaAt(root, path, data) ?? {},
    params: error.params,
  };
  const text = translations[error.keyword]?.(site) ?? {
    code: 'config/schema',
    message: `${subject(path)} ${error.message ?? 'is not valid'}`,
  };
  return { path, target: 'value', severity: 'error', ...text };
}
