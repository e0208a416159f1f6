import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { decodePayload } from './decode/index.ts';
import type { Decoded } from './decode/index.ts';
import { maskedReview } from './masked.ts';
import { readContent } from './read/content.ts';
import type { Content } from './read/content.ts';
import type { Review } from './review.ts';
import { Vault } from './secrets/vault.ts';

/** A payload that has been read to its end. Its secrets are not masked yet: only `reviewAll` may show it. */
export interface ReadPayload {
  readonly name: string;
  readonly decoded: Decoded;
  readonly content: Content;
}

/** Reads any payload, whoever made it. Nothing of it is run or fetched. `name` is what messages call it. */
export function readPayload(bytes: Uint8Array, name: string): Result<ReadPayload> {
  const decoded = decodePayload(bytes, name);
  if (!decoded.ok) return decoded;
  const content = readContent(decoded.value, name);
  return content.ok ? ok({ name, decoded: decoded.value, content: content.value }) : content;
}

const masked = ({ name, decoded, content }: ReadPayload, vault: Vault): Review =>
  maskedReview(name, decoded, content, vault);

/** What a payload would do, with every secret masked. */
export function reviewOf(payload: ReadPayload): Review {
  const vault = new Vault();
  // What one text shows to be a secret is one in those before it too.
  masked(payload, vault);
  return masked(payload, vault);
}

/** The same of two: what is a secret in one of them is one in both, and has the same mark. */
export function reviewBoth(before: ReadPayload, after: ReadPayload): readonly [Review, Review] {
  const vault = new Vault();
  for (const payload of [before, after]) masked(payload, vault);
  return [masked(before, vault), masked(after, vault)];
}
