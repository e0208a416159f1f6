import { parseDocument } from 'yaml';
import { findExcess } from '../../../config/source/bounds.ts';

export type ReadYaml = { readonly value: unknown } | { readonly problem: string };

const excesses = {
  length: 'it is larger than 1 MiB',
  depth: 'it is nested too deeply',
  tokens: 'it has too many values',
} as const;

/** How much text a document may unfold to, of which it may have a quarter: aliases cost nothing but to who reads them. */
const mostUnfolded = 4 << 20;

/** Whether a value has no more texts than so many characters; each value counts as one more. */
function isWithin(value: unknown, most: number): boolean {
  const pending = [value];
  let left = most;
  for (let one = pending.pop(); pending.length > 0 || one !== undefined; one = pending.pop()) {
    left -= typeof one === 'string' ? one.length + 1 : 1;
    if (left < 0) return false;
    if (typeof one === 'object' && one !== null && !(one instanceof Uint8Array))
      for (const [key, child] of Object.entries(one)) pending.push(key, child);
  }
  return true;
}

/** YAML 1.1, as cloud-init reads it; or why it can't be read, without a word of its text: that may be a secret. */
export function readYaml(text: string): ReadYaml {
  const excess = findExcess(text);
  if (excess !== undefined) return { problem: excesses[excess.what] };
  const document = parseDocument(text, { version: '1.1', uniqueKeys: false, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const line = text.slice(0, error.pos[0]).split('\n').length;
    return { problem: `line ${line} is not YAML (${error.code.toLowerCase().replaceAll('_', ' ')})` };
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return isWithin(value, mostUnfolded) ? { value } : { problem: 'its aliases unfold to too much' };
  } catch (thrown) {
    // Aliases that unfold to more than that, or to themselves.
    if (thrown instanceof ReferenceError) return { problem: 'its aliases unfold to too much' };
    throw thrown;
  }
}
