import { createPrivateKey, randomBytes } from 'node:crypto';
import { primesOf } from '../../src/node/auth/primes.ts';
import type { Azure } from '../azure/server/azure.ts';

const letters = (length: number): string =>
  Array.from(randomBytes(length), (byte) => 'abcdefghijklmnopqrstuvwxyz0123456789'[byte % 36]).join('');

/** With what URLs, shells and YAML trip over. */
const password = (): string => `${randomBytes(9).toString('base64url')}@s:w/"%$ ü&'#`;

/** The lines of a PEM's base64 that are nobody else's: the first tells only what kind of key it is. */
const innerLines = (pem: string): readonly string[] =>
  pem
    .split('\n')
    .filter((line) => line.length >= 40 && !line.startsWith('-'))
    .slice(1);

/** What gives a key away: its secret numbers, or a line of it as PEM of either kind has it. */
export function keyPieces(pem: string): readonly string[] {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== 'rsa') return [...innerLines(pem), key.export({ format: 'jwk' }).d ?? ''];
  const [p = '', q = ''] = primesOf(key).split(' ');
  const written = (['pkcs1', 'pkcs8'] as const).map((type) => key.export({ type, format: 'pem' }).toString());
  // Of those with the public half, which comes first, none is a secret.
  return [p, q, ...written.flatMap((text) => innerLines(text).slice(6, 12))];
}

/** A key that flexgen has made: base64 of its PKCS#1 DER. */
export const machineKeyPieces = (base64: string): readonly string[] =>
  keyPieces(`-----BEGIN RSA PRIVATE KEY-----\n${base64}\n-----END RSA PRIVATE KEY-----\n`);

/** What makes a token one: without its signature it opens nothing. */
export const signatureOf = (token: string): string => token.slice(token.lastIndexOf('.') + 1).slice(0, 64);

/** What a bootstrap token has beyond its id, which is the name of its Secret. */
export const secretOf = (token: string): string => token.slice(token.indexOf('.') + 1);

/** A secret for each place of a config and of an operator's surroundings, new for each test. */
export const canaries = ({ credentials }: Azure) =>
  ({
    bootstrapToken: `${letters(6)}.${letters(16)}`,
    clientSecret: credentials.secret,
    wrongSecret: password(),
    registryPassword: password(),
    proxyPassword: password(),
    ownPassword: letters(20),
    operatorProxyPassword: letters(20),
    certificatePassword: letters(20),
    kubeconfigToken: letters(40),
    pluginToken: letters(40),
  }) as const;

export type Canaries = ReturnType<typeof canaries>;
