import { gzipSync } from 'fflate';
import { deflate } from '../deflate/index.ts';

/**
 * Gzipped. Not by Node's zlib, whose output differs between platforms and versions; and without a time, so that the same
 * bytes give the same bytes.
 */
export const gzipped = (bytes: Uint8Array): Uint8Array => gzipSync(bytes, { level: 9, mtime: 0 });

/** The same as base64. */
export const gzip = (bytes: Uint8Array): string => Buffer.from(gzipped(bytes)).toString('base64');

/**
 * The same in as few bytes as can be found, for what has to fit. What is around the deflated bytes is the same
 * whoever has deflated them.
 */
export function tightGzip(bytes: Uint8Array): Uint8Array {
  const quick = gzipped(bytes);
  return Buffer.concat([quick.subarray(0, 10), deflate(bytes), quick.subarray(-8)]);
}
