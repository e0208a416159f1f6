import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { base85, fromBase85 } from '../../src/encode/base85.ts';
import { lacks, read } from './reader.ts';

test('Python reads base85 as the bytes that were written', (t) => {
  const samples = fc.sample(fc.uint8Array({ maxLength: 64 }), 500).map((bytes) => Buffer.from(bytes));
  const script =
    'import base64,sys\nfor line in sys.stdin: print(base64.b85decode(line.rstrip("\\n")).hex())';
  const input = samples.map((bytes) => `${base85(bytes)}\n`).join('');
  const stdout = read('python3', ['-c', script], { input });
  if (stdout === undefined) return lacks(t, 'python3');
  assert.equal(stdout, samples.map((bytes) => `${bytes.toString('hex')}\n`).join(''));
});

test('what is written is read again, and anything else is refused or read as bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      assert.deepEqual(fromBase85(base85(bytes)), Buffer.from(bytes));
    }),
  );
  for (const text of ['0', '~~~~~', 'a b', '"', '000000']) assert.equal(fromBase85(text), undefined, text);
});
