import { gzipped } from '../gzip.ts';
import type { Envelope } from './envelope.ts';

export const gzip: Envelope = {
  name: 'gzip',
  summary: 'the text, gzipped: cloud-init unpacks it wherever the provider takes bytes',
  extension: '.yaml.gz',
  compresses: true,
  binary: true,
  wrap: ({ userData }) => gzipped(Buffer.from(userData)),
};
