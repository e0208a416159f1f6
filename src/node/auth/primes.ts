import type { KeyObject } from 'node:crypto';
import { script } from '../files.ts';
import type { NodeFile, PlanContext } from '../plan.ts';

const path = '/usr/local/lib/flexgen/rsa';

/** What makes the key of its primes on the node. */
export const rsaScript = ({ templates }: Pick<PlanContext, 'templates'>): NodeFile => script(templates, path);

/** A number of a JSON Web Key as plain base64, which Python's decoder takes without more ado. */
const base64 = (number: string | undefined): string =>
  Buffer.from(number ?? '', 'base64url').toString('base64');

/**
 * What an RSA key follows from: its two primes in base64 and its public exponent, which together are a fifth of the key.
 * The node makes the key of it again.
 */
export function primesOf(key: KeyObject): string {
  const { p, q, e } = key.export({ format: 'jwk' });
  const exponent = BigInt(`0x${Buffer.from(e ?? '', 'base64url').toString('hex')}`);
  return `${base64(p)} ${base64(q)} ${exponent}`;
}
