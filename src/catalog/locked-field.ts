import type { ReportAt } from './json-object.ts';
import type { JsonNode } from './json-tree.ts';

/** What a string field takes: its value, or undefined where it is not `expected`. */
export interface Rule<T> {
  readonly read: (text: string) => T | undefined;
  readonly expected: string;
}

export function oneOf<T extends string>(values: readonly T[]): Rule<T> {
  return { read: (text) => values.find((value) => value === text), expected: `one of ${values.join(', ')}` };
}

export function where(holds: (text: string) => boolean, expected: string): Rule<string> {
  return { read: (text) => (holds(text) ? text : undefined), expected };
}

export const sha256 = where((text) => /^[0-9a-f]{64}$/.test(text), '64 lower-case hex digits');

/** Reads fields of an object at `path`; what a rule does not take is reported. */
export const fieldReader =
  (members: ReadonlyMap<string, JsonNode>, path: string, report: ReportAt) =>
  <T>(key: string, { read, expected }: Rule<T>): T | undefined => {
    const member = members.get(key);
    if (!member) return undefined;
    const text = member.kind === 'scalar' && typeof member.value === 'string' ? member.value : undefined;
    const value = text === undefined ? undefined : read(text);
    if (value === undefined) report('value', member, `${path}.${key}`, `${key} must be ${expected}`);
    return value;
  };

type Partly<T> = { readonly [K in keyof T]: T[K] | undefined };

export function isComplete<T extends object>(parts: Partly<T>): parts is Partly<T> & T {
  return Object.values(parts).every((part) => part !== undefined);
}
