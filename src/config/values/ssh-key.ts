import type { Check } from './value-problem.ts';

const key =
  /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)|sk-ssh-ed25519@openssh\.com|sk-ecdsa-sha2-nistp256@openssh\.com) ([A-Za-z0-9+/]+={0,2})(?: [^\n]*)?\n?$/;

/** RFC 4253, 6.6: the key's bytes start with the length of its type and the type itself. */
function startsWithType(type: string, base64: string): boolean {
  const bytes = Buffer.from(base64, 'base64');
  return (
    bytes.length > type.length + 4 &&
    bytes.readUInt32BE(0) === type.length &&
    bytes.toString('latin1', 4, 4 + type.length) === type
  );
}

export const sshKey: Check = (text) => {
  const code = 'config/ssh-key';
  if (/PRIVATE KEY/.test(text)) {
    return {
      code,
      message: 'this is a private key',
      hint: 'give the public one: the file that ends in `.pub`',
    };
  }
  const [, type = '', base64 = ''] = key.exec(text) ?? [];
  if (type !== '' && startsWithType(type, base64)) return undefined;
  return {
    code,
    message: 'this is not an ssh public key',
    hint: 'write one line of a `.pub` file, e.g. `ssh-ed25519 AAAA… me@laptop`',
  };
};
