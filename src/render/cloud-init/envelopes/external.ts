import { jsonDocument } from '../../../encode/document.ts';
import { sha256 } from '../../../node/image.ts';
import type { Envelope } from './envelope.ts';

/** `user_data` of such a document. */
function userDataIn(wrapped: Uint8Array): Uint8Array {
  const values: unknown = JSON.parse(Buffer.from(wrapped).toString());
  const text: unknown = typeof values === 'object' && values !== null ? Reflect.get(values, 'user_data') : '';
  return Buffer.from(String(text));
}

export const external: Envelope = {
  name: 'external',
  summary: 'a JSON object of texts with `user_data`, as Terraform’s data source `external` reads it',
  extension: '.json',
  binary: false,
  wrap: ({ userData }) => Buffer.from(jsonDocument({ user_data: userData, sha256: sha256(userData) })),
  content: userDataIn,
};
