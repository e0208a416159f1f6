import { gzipSync } from 'fflate';

/**
 * Gzipped. Not by Node's zlib, whose output differs between platforms and versions; and without a time, so that the same
 * bytes give the same bytes.
 */
export const gzipped = (bytes: Uint8Array): Uint8Array => gzipSync(bytes, { level: 9, mtime: 0 });

/** The same as base64. */
export const gzip = (bytes: Uint8Array): string => Buffer.from(gzipped(bytes)).toString('base64');
