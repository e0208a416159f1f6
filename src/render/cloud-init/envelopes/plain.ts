import type { Envelope } from './envelope.ts';

export const plain: Envelope = {
  name: 'plain',
  summary: 'the text as cloud-init reads it',
  extension: '.yaml',
  binary: false,
  wrap: ({ userData }) => Buffer.from(userData),
};
