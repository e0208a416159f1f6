import { Lexer } from 'yaml';
import type { Range } from './source.ts';

/** A config is written by hand or by a fleet's program: 1 MiB is a fleet of thousands. */
const maxLength = 1 << 20;
/** The deepest place of the schema is at level 8; a kubelet's own fields reach 4 more. */
export const maxDepth = 32;
/** The parser takes a second for the worst of so many. */
const maxTokens = 100_000;

export interface Excess extends Range {
  readonly what: 'length' | 'depth' | 'tokens';
}

/**
 * What makes a text too large to be parsed, or undefined. The parser recurses and, on a line of 500,000 `- `, takes the
 * whole process down with it; its lexer is linear, so that the text is measured with that one first.
 */
export function findExcess(text: string): Excess | undefined {
  if (text.length > maxLength) return { what: 'length', start: maxLength, end: maxLength + 1 };
  let offset = 0;
  let tokens = 0;
  let flow = 0;
  let line = 0;
  for (const token of new Lexer().lex(text)) {
    // The lexer's own marks (start of document, of scalar, end of flow) stand for no text.
    if ((token === '\u0002' || token === '\u0018' || token === '\u001f') && text[offset] !== token) continue;
    const at = { start: offset, end: offset + token.length };
    offset = at.end;
    if (++tokens > maxTokens) return { what: 'tokens', ...at };
    if (token === '[' || token === '{') flow++;
    else if (token === ']' || token === '}') flow = Math.max(0, flow - 1);
    else if (token === '-' || token === '?') line++;
    else if (token.endsWith('\n')) line = 0;
    if (flow + line > maxDepth) return { what: 'depth', ...at };
  }
  return undefined;
}
