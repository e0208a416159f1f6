import { EncodeError } from '../../../src/encode/index.ts';

/** A text as a whole document may hold it: the config's own check lets no other through. */
export function wellFormed(text: string): string {
  if (/\p{Surrogate}/u.test(text)) throw new EncodeError('json', 'half of a surrogate pair');
  return text;
}
