import { gunzipSync } from 'node:zlib';
import type { Allowance } from './allowance.ts';
import { Damaged } from './damaged.ts';

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

const again = 'make it anew, and compare its digest where it is pasted';

/** What zlib says, by its code and its words. */
function reasonOf(code: string, message: string): string {
  if (code === 'Z_BUF_ERROR') return 'its gzip stream is cut off';
  if (/incorrect (data|length) check/.test(message))
    return 'the checksum of its gzip stream is wrong: a byte has changed';
  if (/incorrect header|unknown compression|unknown header/.test(message))
    return 'its gzip stream has no valid header';
  return `its gzip stream is damaged (${message})`;
}

/** Gunzips no more than may still be unfolded. */
export function inflate(bytes: Uint8Array, allowance: Allowance): Buffer {
  try {
    const inflated = gunzipSync(bytes, { maxOutputLength: Math.max(1, allowance.bytes) });
    allowance.take(inflated.length);
    return inflated;
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') throw error;
    if (error.code === 'ERR_BUFFER_TOO_LARGE') throw allowance.exceeded();
    if (!error.code.startsWith('Z_')) throw error;
    throw new Damaged(reasonOf(error.code, error.message), again);
  }
}
