import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { TooLargeFile, readBytes } from '../../io/bytes.ts';
import { UnreadableFile } from '../../io/text.ts';
import { mostBytes } from '../../render/review/decode/allowance.ts';
import { readPayload } from '../../render/review/index.ts';
import type { ReadPayload } from '../../render/review/index.ts';
import type { World } from '../world.ts';

function refused(code: string, message: string, hint: string): Result<never> {
  const problem: Diagnostic = { severity: 'error', code, message, hint };
  return { ok: false, errors: [problem] };
}

/** Reads a payload from a file, or from standard input for `-`. */
export async function openPayload(file: string, world: World): Promise<Result<ReadPayload>> {
  const name = file === '-' ? 'standard input' : file;
  try {
    const bytes = await readBytes(file, mostBytes, world);
    return readPayload(bytes, name);
  } catch (error) {
    if (error instanceof TooLargeFile) {
      const message = `${name} has more than ${mostBytes >> 20} MiB`;
      return refused('payload/too-large', message, 'no payload is as large: is this the right file?');
    }
    if (!(error instanceof UnreadableFile)) throw error;
    return refused(
      'payload/no-file',
      `can't read ${name}: ${error.reason}`,
      'name a payload, or `-` for standard input',
    );
  }
}
