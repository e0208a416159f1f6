import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { decodePayload } from './decode/index.ts';
import { maskedReview } from './masked.ts';
import { readContent } from './read/content.ts';
import type { Review } from './review.ts';
import type { Vault } from './secrets/vault.ts';

/**
 * Reads any payload, whoever made it, and says what it would do, with every secret masked. Nothing of it is run or
 * fetched. `vault` numbers the secrets: two payloads that are compared share one.
 */
export function reviewPayload(bytes: Uint8Array, name: string, vault: Vault): Result<Review> {
  const decoded = decodePayload(bytes, name);
  if (!decoded.ok) return decoded;
  const content = readContent(decoded.value, name);
  if (!content.ok) return content;
  // What one text shows to be a secret is one in those before it too.
  maskedReview(name, decoded.value, content.value, vault);
  return ok(maskedReview(name, decoded.value, content.value, vault));
}
