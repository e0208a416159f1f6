import type { Result } from '../../../diagnostics/diagnostic.ts';
import { ok } from '../../../diagnostics/diagnostic.ts';
import { Allowance } from './allowance.ts';
import { carried } from './carrier.ts';
import { Damaged } from './damaged.ts';
import { driveContent, isDrive } from './drive.ts';
import type { Part } from './part.ts';
import { userDataParts, withoutBase64 } from './user-data.ts';

/** A payload, out of every envelope. */
export interface Decoded {
  /** How many bytes the file has. */
  readonly bytes: number;
  /** How many its user-data has without what is only there to carry it: a drive, a document, base64. */
  readonly content: number;
  readonly parts: readonly Part[];
}

function contentOf(bytes: Uint8Array, allowance: Allowance): Omit<Decoded, 'bytes'> {
  const { userData, others } = isDrive(bytes)
    ? driveContent(bytes, allowance)
    : { userData: carried(bytes, allowance) ?? { bytes, name: 'user-data', via: [] }, others: [] };
  const bare = withoutBase64(userData, allowance);
  return { content: bare.bytes.length, parts: distinct([...userDataParts(bare, allowance), ...others]) };
}

/** Parts of one name are told apart. */
function distinct(parts: readonly Part[]): readonly Part[] {
  const taken = new Map<string, number>();
  return parts.map((part) => {
    const times = (taken.get(part.name) ?? 0) + 1;
    taken.set(part.name, times);
    return times === 1 ? part : { ...part, name: `${part.name} (${times})` };
  });
}

/** Unwraps any payload, whoever made it. `name` is what messages call it. */
export function decodePayload(bytes: Uint8Array, name: string): Result<Decoded> {
  const allowance = new Allowance();
  try {
    return ok({ bytes: bytes.length, ...contentOf(bytes, allowance) });
  } catch (error) {
    if (!(error instanceof Damaged)) throw error;
    const { message, hint, kind } = error;
    return {
      ok: false,
      errors: [{ severity: 'error', code: `payload/${kind}`, message: `${name}: ${message}`, hint }],
    };
  }
}
