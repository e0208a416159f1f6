import assert from 'node:assert/strict';
import {
  createPrivateKey,
  createPublicKey,
  createSign,
  createVerify,
  generateKeyPairSync,
} from 'node:crypto';
import { suite, test } from 'node:test';
import { primesOf } from '../../../src/node/auth/primes.ts';
import { execute, root } from '../../cli/run.ts';
import { pythonWith, read } from '../../encode/reader.ts';

const python = pythonWith('math');
const script = `${root}/templates/node/usr/local/lib/flexgen/rsa`;

suite('a key made again of its primes', { skip: python === undefined && 'needs Python' }, () => {
  // The last one's numbers have no whole bytes.
  for (const modulusLength of [2048, 3072, 4096, 2050]) {
    test(`of ${modulusLength} bits is the same to the byte`, () => {
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength });
      const der = privateKey.export({ type: 'pkcs1', format: 'der' }).toString('base64');
      const primes = primesOf(privateKey);
      assert.equal(read(python ?? '', [script], { input: `${primes}\n` }), `${der}\n`);
      assert.ok(primes.length < der.length / 3);
    });
  }

  // More than one number can be its private exponent.
  test('with another exponent is as good', () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 });
    const der = read(python ?? '', [script], { input: primesOf(privateKey) }) ?? '';
    const again = createPrivateKey({ key: Buffer.from(der, 'base64'), format: 'der', type: 'pkcs1' });
    assert.ok(createPublicKey(again).equals(publicKey));
    assert.ok(
      createVerify('sha256').update('x').verify(publicKey, createSign('sha256').update('x').sign(again)),
    );
  });

  test('of anything else is none', async () => {
    for (const input of ['', 'one', 'one two 3', 'AAAA AAAA 65537']) {
      const { exitCode, stdout } = await execute(
        'bash',
        ['-c', 'exec "$0" "$1" <<<"$2"', python ?? '', script, input],
        {},
      );
      assert.deepEqual([exitCode, stdout], [1, '']);
    }
  });
});
