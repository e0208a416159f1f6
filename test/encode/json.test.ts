import assert from 'node:assert/strict';
import test from 'node:test';
import { jsonDocument } from '../../src/encode/document.ts';
import { encodeJson } from '../../src/encode/json.ts';
import { assertReadBack, lacks, read } from './reader.ts';
import { encodeAll, refused, samples } from './samples.ts';

test('a value is written in its own type', () => {
  assert.equal(encodeJson('a "b"\n'), String.raw`"a \"b\"\n"`);
  assert.equal(encodeJson(['a', 1, true]), '["a", 1, true]');
  assert.deepEqual(refused(encodeJson), ['\ud83d']);
  assert.throws(() => encodeJson(Infinity), { message: 'json cannot hold a number that is not finite' });
});

test('a document keeps its order and ends with a line break', () => {
  assert.equal(jsonDocument({ b: [1], a: 'x' }), '{\n  "b": [\n    1\n  ],\n  "a": "x"\n}\n');
});

test('jq reads each value back', (t) => {
  const encoded = encodeAll(encodeJson, samples());
  // -a: jq writes all but ASCII as escapes, so that it cannot just pass bytes through.
  const output = read('jq', ['-a', '-c', '.'], { input: encoded.map(({ token }) => token).join('\n') });
  if (output === undefined) return lacks(t, 'jq');
  assertReadBack(
    encoded,
    output
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as unknown),
  );
});
