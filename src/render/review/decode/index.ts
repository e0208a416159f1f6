import type { Result } from '../../../diagnostics/diagnostic.ts';
import { ok } from '../../../diagnostics/diagnostic.ts';
import { Allowance } from './allowance.ts';
import { Damaged } from './damaged.ts';
import type { Part } from './part.ts';
import { userDataParts } from './user-data.ts';

/** A payload, out of every envelope. */
export interface Decoded {
  /** How many bytes the file has. */
  readonly bytes: number;
  readonly parts: readonly Part[];
}

/** Unwraps any payload, whoever made it. `name` is what messages call it. */
export function decodePayload(bytes: Uint8Array, name: string): Result<Decoded> {
  const allowance = new Allowance();
  try {
    const parts = userDataParts({ bytes, name: 'user-data', via: [] }, allowance);
    return ok({ bytes: bytes.length, parts });
  } catch (error) {
    if (!(error instanceof Damaged)) throw error;
    const { message, hint, kind } = error;
    return {
      ok: false,
      errors: [{ severity: 'error', code: `payload/${kind}`, message: `${name}: ${message}`, hint }],
    };
  }
}
