import type { Envelope } from './envelope.ts';

/** The bytes of a text in base64. */
export const decoded = (wrapped: Uint8Array): Uint8Array =>
  Buffer.from(Buffer.from(wrapped).toString('latin1'), 'base64');

export const base64: Envelope = {
  name: 'base64',
  summary: 'the text in base64, on one line: for an API that wants it so, e.g. `user_data_base64`',
  extension: '.b64',
  binary: false,
  wrap: ({ userData }) => Buffer.from(Buffer.from(userData).toString('base64')),
  content: decoded,
};
