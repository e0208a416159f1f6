import type { ServerResponse } from 'node:http';

/** What is wrong with one file of the mirror. */
export type Fault =
  /** One byte in the middle is another one. */
  | { readonly kind: 'corrupt' }
  /** The connection breaks off after half of what was asked for. */
  | { readonly kind: 'truncate' }
  | { readonly kind: 'status'; readonly code: number; readonly headers: Readonly<Record<string, string>> }
  /** In its place, as if it were the file: the page of a network that wants a login first. */
  | { readonly kind: 'page' }
  /** After half of what was asked for, some bytes a second. */
  | { readonly kind: 'slow' }
  /** Half of what was asked for, then nothing. */
  | { readonly kind: 'hold'; readonly reached: (response: ServerResponse) => void };

/** Of a captive portal. */
export const page = '<!DOCTYPE html>\n<html><title>Welcome to the guest network</title></html>\n';

/** A part of a file, both ends included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The range that a Range header asks for, of a file of `size` bytes: the whole file where there is no header or one
 * of a kind that a server may ignore, null where it lies beyond the end (status 416).
 */
export function byteRange(header: string | undefined, size: number): ByteRange | null {
  const match = /^bytes=(\d+)-(\d*)$/.exec(header ?? '');
  if (match === null) return { start: 0, end: size - 1 };
  const start = Number(match[1]);
  const end = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  return start > end ? null : { start, end };
}

/** Turns the byte at `target` of the file, if `chunk` (which begins at `offset`) holds it, into another one. */
export function corruptAt(chunk: Buffer, offset: number, target: number): Buffer {
  const index = target - offset;
  if (index < 0 || index >= chunk.length) return chunk;
  const copy = Buffer.from(chunk);
  copy[index] = (copy[index] ?? 0) ^ 0xff;
  return copy;
}
