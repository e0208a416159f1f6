import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';

/** Signs JSON Web Tokens with an RSA key of its own (RS256) and publishes the public half. */
export interface TokenSigner {
  /** RFC 7517 key set. */
  readonly keySet: object;
  sign(claims: object): string;
}

export function createTokenSigner(): TokenSigner {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = randomUUID();
  return {
    keySet: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }] },
    sign: (claims) => {
      const input = `${encode({ alg: 'RS256', typ: 'JWT', kid })}.${encode(claims)}`;
      const signature = createSign('sha256').update(input).sign(privateKey);
      return `${input}.${signature.toString('base64url')}`;
    },
  };
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
