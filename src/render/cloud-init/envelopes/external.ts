import { isMap, jsonIn } from '../../../config/data.ts';
import { jsonDocument } from '../../../encode/document.ts';
import { sha256 } from '../../../node/image.ts';
import type { Envelope } from './envelope.ts';

/** The text at a key of a JSON object of texts. */
export function valueIn(wrapped: Uint8Array, key: string): string {
  const values = jsonIn(Buffer.from(wrapped).toString());
  return isMap(values) ? String(values[key]) : '';
}

export const external: Envelope = {
  name: 'external',
  summary: 'a JSON object of texts with `user_data`, as Terraform’s data source `external` reads it',
  extension: '.json',
  binary: false,
  wrap: ({ userData }) => Buffer.from(jsonDocument({ user_data: userData, sha256: sha256(userData) })),
  content: (wrapped) => Buffer.from(valueIn(wrapped, 'user_data')),
};
