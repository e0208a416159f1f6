import type { Span } from './locate.ts';

/**
 * JSON with the place of every value, for errors that point into the text.
 * JSON.parse gives no places, takes duplicate keys in silence, and words its errors differently in each Node version.
 */

interface JsonMember {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: JsonNode;
}

export type JsonNode = Span &
  (
    | { readonly kind: 'scalar'; readonly value: string | number | boolean | null }
    | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
    | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
  );

export class JsonSyntaxError extends Error implements Span {
  readonly start: number;
  readonly end: number;

  constructor(message: string, start: number, end: number) {
    super(message);
    this.start = start;
    this.end = end;
  }
}

const whitespace = /[ \t\r\n]*/y;
const stringToken = /"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*"/y;
const otherScalar = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// Far above what any of our files needs; keeps hostile nesting from overflowing the stack.
const maxDepth = 64;

/** Reads strict JSON (RFC 8259). Throws JsonSyntaxError at the first character that is not. */
export function parseJsonTree(text: string): JsonNode {
  let at = 0;

  const take = (token: RegExp): string => {
    token.lastIndex = at;
    const found = token.exec(text)?.[0] ?? '';
    at += found.length;
    return found;
  };

  const fail = (expected: string): never => {
    const character = text.codePointAt(at);
    const found = character === undefined ? 'the end of the file' : show(String.fromCodePoint(character));
    throw new JsonSyntaxError(`expected ${expected} but found ${found}`, at, Math.min(at + 1, text.length));
  };

  const takeIf = (character: string): boolean => {
    take(whitespace);
    if (text[at] !== character) return false;
    at += 1;
    return true;
  };

  const string = (expected: string): { readonly value: string } & Span => {
    take(whitespace);
    const start = at;
    const token = take(stringToken);
    if (token === '' && text[at] === '"') {
      throw new JsonSyntaxError('a string does not end on its line', start, start + 1);
    }
    if (token === '') return fail(expected);
    try {
      return { value: String(JSON.parse(token)), start, end: at };
    } catch {
      throw new JsonSyntaxError('a string holds a bad escape or a control character', start, at);
    }
  };

  const list = <T>(close: string, item: () => T): readonly T[] => {
    at += 1;
    if (takeIf(close)) return [];
    const items = [item()];
    while (!takeIf(close)) items.push(takeIf(',') ? item() : fail(`"," or "${close}"`));
    return items;
  };

  const value = (depth: number): JsonNode => {
    take(whitespace);
    const start = at;
    if (depth > maxDepth) throw new JsonSyntaxError('nested too deep', start, start + 1);
    switch (text[at]) {
      case '{': {
        const members = list('}', () => {
          const { value: key, ...keySpan } = string('a key in double quotes');
          return takeIf(':') ? { key, keySpan, value: value(depth + 1) } : fail('":"');
        });
        return { kind: 'object', members, start, end: at };
      }
      case '[': {
        const items = list(']', () => value(depth + 1));
        return { kind: 'array', items, start, end: at };
      }
      case '"':
        return { kind: 'scalar', ...string('a string') };
      default: {
        const token = take(otherScalar);
        if (token === '') return fail('a value');
        return { kind: 'scalar', value: JSON.parse(token), start, end: at };
      }
    }
  };

  const root = value(0);
  take(whitespace);
  return at === text.length ? root : fail('the end of the file');
}

function show(character: string): string {
  return /^[!-~]$/.test(character)
    ? JSON.stringify(character)
    : `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
