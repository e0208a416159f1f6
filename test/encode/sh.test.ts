import assert from 'node:assert/strict';
import test from 'node:test';
import { encodeSh } from '../../src/encode/sh.ts';
import { assertReadBack, lacks, read, withFile } from './reader.ts';
import { encodeAll, refused, samples } from './samples.ts';

test('a word is bare only where that is plainly safe', () => {
  assert.equal(encodeSh('/usr/bin:a_1,b@c%d+e.f-g'), '/usr/bin:a_1,b@c%d+e.f-g');
  assert.equal(encodeSh('a=b'), "'a=b'");
  assert.equal(encodeSh('if'), "'if'");
  assert.equal(encodeSh(''), "''");
  assert.equal(encodeSh("it's"), String.raw`'it'\''s'`);
  assert.equal(encodeSh(1.5), '1.5');
  assert.equal(encodeSh(true), 'true');
});

test('sh refuses what no argument can hold', () => {
  assert.deepEqual(refused(encodeSh), ['\0', 'a\0b', '\ud83d']);
  assert.throws(() => encodeSh('a\0b'), { name: 'EncodeError', message: 'sh cannot hold a NUL character' });
  assert.throws(() => encodeSh(['a']), { message: 'sh cannot hold a list' });
});

for (const [shell, locale] of [
  ['bash', 'C.UTF-8'],
  ['bash', 'C'],
  ['dash', 'C'],
] as const) {
  test(`${shell} in ${locale} reads each word back`, (t) => {
    const encoded = encodeAll(encodeSh, samples());
    const script = encoded.map(({ token }) => `printf '%s\\0' ${token}\n`).join('');
    const output = withFile('words.sh', script, (path) => read(shell, [path], { env: { LC_ALL: locale } }));
    if (output === undefined) return lacks(t, shell);
    assertReadBack(encoded, output.split('\0').slice(0, -1));
  });
}
