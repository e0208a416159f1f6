import { EncodeError, encoders } from '../encode/index.ts';
import type { Encodable, Language } from '../encode/index.ts';

/** A compiled template. Throws {@link TemplateError} where the data lacks a value or the language cannot hold it. */
export type Template = (data: Readonly<Record<string, unknown>>) => string;

/** The data does not fit the template. Never holds a value: it may be a secret. */
export class TemplateError extends Error {
  readonly template: string;
  /** Where the template uses the variable: `line:column`. */
  readonly place: string;
  readonly variable: string;

  constructor(template: string, place: string, variable: string, problem: string) {
    super(`${template}:${place}: ${variable} ${problem}`);
    this.name = 'TemplateError';
    this.template = template;
    this.place = place;
    this.variable = variable;
  }
}

/** What Handlebars passes to a helper for `lookupArguments`, and its own options at the end. */
type Arguments = readonly [
  root: unknown,
  place: string,
  variable: string,
  ...parts: string[],
  options: unknown,
];

type Delegate = (data: Readonly<Record<string, unknown>>, options: object) => string;

/** Binds a template that Handlebars has compiled, from its source or ahead of time, to its language's encoder. */
export function bind(delegate: Delegate, name: string, language: Language): Template {
  const helpers = {
    encode: (...args: Arguments) => encode(name, language, args),
    given: (...args: Arguments) => given(name, args),
  };
  // Said explicitly, or Handlebars writes to the console when a name is that of an inherited property.
  const own = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false };
  return (data) => delegate(data, { helpers, ...own });
}

function given(template: string, args: Arguments): unknown {
  const [root, place, variable] = args;
  let value = root;
  for (const part of args.slice(3, -1)) value = property(value, String(part));
  if (value === undefined) throw new TemplateError(template, place, variable, 'is missing');
  return value;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}

function encode(template: string, language: Language, args: Arguments): string {
  const [, place, variable] = args;
  const value = given(template, args);
  if (!isEncodable(value)) {
    throw new TemplateError(
      template,
      place,
      variable,
      'is neither text, a number, true or false, nor a list of these',
    );
  }
  try {
    return encoders[language](value);
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error;
    throw new TemplateError(template, place, variable, `holds ${error.reason}, which ${language} cannot`);
  }
}

function isEncodable(value: unknown): value is Encodable {
  return Array.isArray(value) ? value.every(isScalar) : isScalar(value);
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
