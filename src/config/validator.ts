import { Ajv, type ErrorObject, type Options } from 'ajv';
import type { JsonSchema } from './mode.ts';

/** Checks a value, puts the schema's defaults into it, and says what is wrong. */
export type Validate = (value: unknown) => readonly ErrorObject[];

/** ajv as flexgen's schemas need it; a build adds what makes it write its code down. */
export function newAjv(options: Options = {}): Ajv {
  return new Ajv({
    strict: true,
    allErrors: true,
    allowUnionTypes: true,
    discriminator: true,
    useDefaults: true,
    validateFormats: false,
    keywords: ['secret', 'multiline'],
    ...options,
  });
}

/**
 * Makes the check of one of flexgen's schemas. A build that has compiled them beforehand puts a module with this one
 * export in the place of this file, and picks by the schema's `$id`. `format` is not ajv's matter: see check-strings.ts.
 */
export function compile(schema: JsonSchema): Validate {
  const validate = newAjv().compile(schema);
  return (value) => (validate(value) ? [] : (validate.errors ?? []));
}
