import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  formatMachineKey,
  newMachineKey,
  parseMachineKey,
  publicKeyOf,
} from '../../../src/cli/identity/machine-key.ts';
import { execute } from '../run.ts';

suite('the key of a machine', () => {
  test('is RSA of 2048 bits in the form that OpenSSL writes as well', async () => {
    const key = await newMachineKey();
    const pem = `-----BEGIN RSA PRIVATE KEY-----\n${key.privateKey.replaceAll(/.{64}/g, '$&\n')}\n-----END RSA PRIVATE KEY-----\n`;
    const openssl = async (args: string): Promise<string> => {
      const { stdout, stderr, exitCode } = await execute('openssl', args.split(' '), { stdin: pem });
      assert.equal(exitCode, 0, stderr);
      return stdout;
    };
    assert.match(await openssl('rsa -noout -text'), /Private-Key: \(2048 bit/);
    const publicPem = await openssl('rsa -RSAPublicKey_out');
    assert.equal(publicKeyOf(key), publicPem.replaceAll(/-----.*-----|\n/g, ''));
  });

  test('is read back as it was written, and never the same twice', async () => {
    const [one, other] = await Promise.all([newMachineKey(), newMachineKey()]);
    assert.deepEqual(parseMachineKey(formatMachineKey(one)), one);
    assert.notEqual(one.privateKey, other.privateKey);
    assert.notEqual(one.vmId, other.vmId);
  });

  test('is nothing else', async () => {
    const { privateKey } = await newMachineKey();
    const vmId = '11111111-2222-3333-4444-555555555555';
    for (const text of [
      '',
      'null',
      '{}',
      JSON.stringify({ vmId }),
      JSON.stringify({ vmId, privateKey: 'AAAA' }),
      JSON.stringify({ vmId: 'me', privateKey }),
    ]) {
      assert.equal(parseMachineKey(text), undefined, text.slice(0, 60));
    }
  });
});
