import assert from 'node:assert/strict';
import test from 'node:test';
import { encodeHcl } from '../../src/encode/hcl.ts';
import { assertReadBack, lacks, parseList, read, withFile } from './reader.ts';
import { encodeAll, refused, samples } from './samples.ts';

test('a string has no interpolation left', () => {
  assert.equal(encodeHcl('${x} %{y} $$ %%'), '"$${x} %%{y} $$ %%"');
  assert.equal(encodeHcl('$${x}'), String.raw`"$\u0024{x}"`);
  assert.equal(encodeHcl('%${x}'), '"%$${x}"');
  assert.equal(encodeHcl('a "b"\\\n\u0001'), String.raw`"a \"b\"\\\n\u0001"`);
  assert.equal(encodeHcl(['a', 1, true]), '["a", 1, true]');
});

test('hcl refuses NUL and what HCL would normalise', () => {
  assert.deepEqual(refused(encodeHcl), ['\0', 'a\0b', 'e\u0301', '\ud83d']);
  assert.throws(() => encodeHcl('e\u0301'), {
    message: 'hcl cannot hold text that is not in Unicode form NFC',
  });
});

test('packer reads each value back', (t) => {
  const encoded = encodeAll(encodeHcl, samples());
  const file = `locals {\n  all = [\n${encoded.map(({ token }) => `    ${token},\n`).join('')}  ]\n}\n`;
  const output = withFile('values.pkr.hcl', file, (path) =>
    read('packer', ['console', path], {
      input: 'jsonencode(local.all)\n',
      env: { CHECKPOINT_DISABLE: '1', HOME: '/nonexistent' },
    }),
  );
  if (output === undefined) return lacks(t, 'packer');
  assertReadBack(encoded, parseList(output));
});
