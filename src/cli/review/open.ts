import { refused } from '../../diagnostics/diagnostic.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { TooLargeFile, readBytes } from '../../io/bytes.ts';
import { UnreadableFile } from '../../io/text.ts';
import { mostBytes } from '../../render/review/decode/allowance.ts';
import { readPayload } from '../../render/review/index.ts';
import type { ReadPayload } from '../../render/review/index.ts';
import type { World } from '../world.ts';

/** Reads a payload from a file, or from standard input for `-`. */
export async function openPayload(file: string, world: World): Promise<Result<ReadPayload>> {
  const name = file === '-' ? 'standard input' : file;
  try {
    const bytes = await readBytes(file, mostBytes, world);
    return readPayload(bytes, name);
  } catch (error) {
    if (error instanceof TooLargeFile) {
      const message = `${name} has more than ${mostBytes >> 20} MiB`;
      const hint = 'no payload is as large: is this the right file?';
      return refused({ code: 'payload/too-large', message, hint });
    }
    if (!(error instanceof UnreadableFile)) throw error;
    return refused({
      code: 'payload/no-file',
      message: `can't read ${name}: ${error.reason}`,
      hint: 'name a payload, or `-` for standard input',
    });
  }
}
