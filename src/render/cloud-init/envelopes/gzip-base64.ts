import { gzip } from '../gzip.ts';
import { decoded } from './base64.ts';
import type { Envelope } from './envelope.ts';

export const gzipBase64: Envelope = {
  name: 'gzip-base64',
  summary: 'the text, gzipped and in base64, on one line',
  extension: '.gz.b64',
  compresses: true,
  binary: false,
  wrap: ({ userData }) => Buffer.from(gzip(Buffer.from(userData))),
  content: decoded,
};
