import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';

const magic = Buffer.from('openssh-key-v1\0');
const type = 'ssh-ed25519';

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

const field = (value: Buffer | string): Buffer => {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint32(bytes.length), bytes]);
};

/** A new ed25519 key as `ssh-keygen` writes it without a passphrase (PROTOCOL.key of OpenSSH). */
export function newBuildKey(): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  const seed = Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url');
  const point = Buffer.from(createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '', 'base64url');
  const publicKey = Buffer.concat([field(type), field(point)]);
  const check = randomBytes(4);
  const secret = Buffer.concat([check, check, publicKey, field(Buffer.concat([seed, point])), field('')]);
  // Padded to blocks of eight bytes by 1, 2, 3 ….
  const padding = Buffer.from(Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, index) => index + 1));
  const bytes = Buffer.concat([
    magic,
    ...['none', 'none', ''].map(field),
    uint32(1),
    field(publicKey),
    field(Buffer.concat([secret, padding])),
  ]);
  const lines = bytes.toString('base64').match(/.{1,70}/g) ?? [];
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join(
    '\n',
  );
}

const before = Buffer.concat([magic, ...['none', 'none', ''].map(field), uint32(1)]);
const publicLength = 51;

/** The line of `authorized_keys` for such a key; undefined for anything else. */
export function publicKeyOf(text: string): string | undefined {
  const [, body = ''] =
    /^-----BEGIN OPENSSH PRIVATE KEY-----\n([A-Za-z0-9+/=\n]+)\n-----END/.exec(text) ?? [];
  const bytes = Buffer.from(body, 'base64');
  const blob = bytes.subarray(before.length + 4, before.length + 4 + publicLength);
  const whole = bytes.subarray(0, before.length).equals(before) && blob.length === publicLength;
  return whole ? `${type} ${blob.toString('base64')} flexgen-build` : undefined;
}
