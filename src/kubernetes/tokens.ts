import type { ApiServer } from './api-server.ts';
import { newToken, tokenIn, tokenNamespace, tokenObject, tokenText } from './bootstrap-token.ts';
import type { BootstrapToken, TokenWish } from './bootstrap-token.ts';
import { compare } from './diff.ts';
import type { Change } from './diff.ts';
import { ownerLabel } from './object.ts';
import type { FoundObject } from './object.ts';
import { readOurs } from './read.ts';

/** By how much the clocks of two operators may differ. */
const skew = 5 * 60_000;

/** All tokens that flexgen has made, whoever they are for. Throws ClusterRefused. */
export async function readTokens(api: ApiServer): Promise<readonly FoundObject[]> {
  return await readOurs(api, 'Secret', tokenNamespace);
}

/** When a Secret's token can no longer be used, in milliseconds; a Secret that has none has expired. */
export const expiryOf = (secret: FoundObject): number => tokenIn(secret)?.expires.getTime() ?? 0;

/**
 * The owner's token that lives longest, where at least half of its life is left: a machine takes its time to boot. One that
 * lives longer than the config allows, from a longer `ttl` or tampered with, is not used.
 */
export function livingToken(
  secrets: readonly FoundObject[],
  { owner, ttlSeconds }: Pick<TokenWish, 'owner' | 'ttlSeconds'>,
  now: Date,
): { readonly secret: FoundObject; readonly token: BootstrapToken } | null {
  const life = ttlSeconds * 1000;
  const living = secrets
    .filter(({ labels }) => labels[ownerLabel] === owner)
    .flatMap((secret) => {
      const token = tokenIn(secret);
      const left = (token?.expires.getTime() ?? 0) - now.getTime();
      return token !== null && left >= life / 2 && left <= life + skew ? [{ secret, token }] : [];
    });
  return living.toSorted((a, b) => b.token.expires.getTime() - a.token.expires.getTime())[0] ?? null;
}

/** What gives the owner a token: a living one is kept, or repaired; else a new one is made, and the old left to expire. */
export function tokenChange(secrets: readonly FoundObject[], wish: TokenWish, now: Date): Change {
  const living = livingToken(secrets, wish, now);
  const wanted = tokenObject(living?.token ?? newToken(wish, now), wish);
  return compare(wanted, living?.secret);
}

/** What gives the owner a new token and takes every other from it: nobody joins any more with what was handed out before. */
export function tokenRotation(
  secrets: readonly FoundObject[],
  wish: TokenWish,
  now: Date,
): readonly Change[] {
  const old = secrets.filter(({ labels }) => labels[ownerLabel] === wish.owner);
  return [
    { action: 'create', wanted: tokenObject(newToken(wish, now), wish) },
    ...old.map((found): Change => ({ action: 'delete', found })),
  ];
}

/** The token that a plan has or makes; null where there is none in it. It can be used once the plan has been performed. */
export function tokenOf(changes: readonly Change[]): string | null {
  for (const change of changes) {
    if (change.action === 'delete' || change.wanted.kind !== 'Secret') continue;
    const token = tokenIn(change.wanted);
    if (token !== null) return tokenText(token);
  }
  return null;
}
