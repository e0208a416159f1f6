import assert from 'node:assert/strict';
import { readPayload, reviewOf } from '../../../src/render/review/index.ts';
import type { Review } from '../../../src/render/review/review.ts';

/** The review of a payload that can be read. */
export function review(payload: string | Uint8Array): Review {
  const result = readPayload(Buffer.from(payload), 'payload');
  assert.ok(result.ok, JSON.stringify(result));
  return reviewOf(result.value);
}

/** Why a payload can't be read: the message, and the code. */
export function refused(payload: string | Uint8Array): { readonly message: string; readonly code: string } {
  const result = readPayload(Buffer.from(payload), 'payload');
  assert.ok(!result.ok, 'it was read');
  const [problem] = result.errors;
  assert.ok(problem?.hint !== undefined && problem.hint !== '');
  return { message: problem.message, code: problem.code };
}
