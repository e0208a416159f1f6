/** A language that a generated file is written in, and for which a value has an encoder. */
export type Language = 'sh' | 'unit' | 'env' | 'yaml' | 'toml' | 'json' | 'hcl' | 'ini';

export type Scalar = string | number | boolean;

/** What can be encoded. Lists only where the language has them: yaml, toml, json, hcl. */
export type Encodable = Scalar | readonly Scalar[];

/** The value cannot be written in the language so that its readers get it back. Never holds the value: it may be a secret. */
export class EncodeError extends Error {
  readonly language: Language;
  /** What stands in the way, to go after "cannot hold", e.g. `a line break`. */
  readonly reason: string;

  constructor(language: Language, reason: string) {
    super(`${language} cannot hold ${reason}`);
    this.name = 'EncodeError';
    this.language = language;
    this.reason = reason;
  }
}
