import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { AzureSpec, FileRef, SecretRef, SourceSettings } from './spec.ts';

/** A JSON Schema (draft 2020-12 vocabulary that ajv's default build understands) with descriptions on every key. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** What a mode's `read` may ask of the loader. `at` are config paths, e.g. `auth.token`. */
export interface ReadContext {
  /** The secret reference written at `at`; the schema has already refused anything else there. */
  secret(raw: unknown, at: string): SecretRef;
  file(raw: unknown, at: string): FileRef;
  /** Whether the file itself has this path, be it right or wrong. */
  written(at: string): boolean;
  /** The section `azure`: a mode takes the cloud's addresses from it. */
  readonly azure: AzureSpec;
  /** Reports a problem at a config path. */
  report(at: string, problem: Omit<Diagnostic, 'path' | 'location'>, target?: 'key' | 'value'): void;
}

/**
 * One way to authenticate, or one network mode: its name, its part of the config's schema, and how the checked raw
 * mapping becomes a value without optionals. What it puts on a node stands beside it (`src/node`).
 */
export interface ModeSchema<M extends { readonly mode: string }> {
  readonly mode: M['mode'];
  /** One line for the help, the docs' table and the schema. */
  readonly summary: string;
  /** JSON Schema `properties` of the keys that this mode adds beside `mode`. */
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required: readonly string[];
  read(raw: Readonly<Record<string, unknown>>, context: ReadContext): M;
}

/** What is wrong with the keys of a source taken together: which one, and why. */
export interface SettingsProblem {
  readonly key: string;
  readonly message: string;
  readonly hint: string;
}

/** One kind of machine that a golden image is baked on, as far as the config has to do with it. */
export interface SourceSchema {
  readonly kind: string;
  /** One line for the help, the docs' table and the schema. */
  readonly summary: string;
  /** JSON Schema `properties` of its keys. */
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required: readonly string[];
  /** The keys whose texts may hold Packer's own templates. */
  readonly templated?: readonly string[];
  /** What no schema can say. */
  readonly problems?: (settings: SourceSettings) => readonly SettingsProblem[];
}
