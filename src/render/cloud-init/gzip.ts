import { gzipSync } from 'fflate';

/**
 * Gzipped, as base64. Not by Node's zlib, whose output differs between platforms and versions; and without a time, so
 * that the same bytes give the same bytes.
 */
export function gzip(bytes: Uint8Array): string {
  return Buffer.from(gzipSync(bytes, { level: 9, mtime: 0 })).toString('base64');
}
