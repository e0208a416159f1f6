import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { gunzipSync, gzipSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { archive } from '../../src/render/cloud-init/archive.ts';
import { deflate } from '../../src/render/deflate/index.ts';
import { planStarter } from './starters.ts';

const inflated = (bytes: Uint8Array): Buffer => inflateRawSync(deflate(bytes));

suite('deflate', () => {
  for (const [name, text] of [
    ['nothing', ''],
    ['one byte', 'a'],
    ['the shortest repeat', 'abcabc'],
    ['the longest repeat, and one more', 'a'.repeat(1 + 258 + 1)],
    ['a repeat as far away as may be', `needle${'x'.repeat(32_768 - 6)}needle`],
    ['and one that is too far', `needle${'x'.repeat(32_768 - 5)}needle`],
    ['every byte', String.fromCharCode(...Array.from({ length: 256 }, (_, byte) => byte))],
    // A code of these frequencies has to be flattened.
    [
      'Fibonacci',
      Array.from({ length: 21 }, (_, n) => String.fromCharCode(65 + n).repeat(fibonacci(n))).join(''),
    ],
  ] as const) {
    test(`${name} is what it was`, () => {
      const bytes = Buffer.from(text, 'latin1');
      assert.deepEqual(inflated(bytes), bytes);
    });
  }

  test('so is anything', () => {
    const some = fc.array(fc.oneof(fc.uint8Array(), fc.constant(Buffer.from('a phrase that is repeated'))));
    fc.assert(
      fc.property(some, (chunks) => {
        const bytes = Buffer.concat(chunks);
        assert.deepEqual(inflated(bytes), bytes);
      }),
    );
  });

  test('the archive of a payload is smaller than the best that zlib does', async () => {
    const { files } = await planStarter('arc');
    const packed = archive(
      files.filter(({ phase }) => phase === 'image'),
      true,
    );
    assert.ok(packed.length < gzipSync(gunzipSync(packed), { level: 9, memLevel: 9 }).length * 0.985);
  });
});

function fibonacci(n: number): number {
  return n < 2 ? 1 : fibonacci(n - 1) + fibonacci(n - 2);
}
