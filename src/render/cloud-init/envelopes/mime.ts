import { isMime, mimeMessage } from '../mime.ts';
import type { Envelope } from './envelope.ts';

export const mime: Envelope = {
  name: 'mime',
  summary: 'a MIME multi-part message: also with parts of your own that are no cloud-config',
  extension: '.mime',
  binary: false,
  wrap: ({ userData }) =>
    Buffer.from(isMime(userData) ? userData : mimeMessage([{ type: 'text/cloud-config', text: userData }])),
};
