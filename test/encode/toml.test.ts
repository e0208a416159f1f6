import assert from 'node:assert/strict';
import test from 'node:test';
import { encodeToml } from '../../src/encode/toml.ts';
import { lacks, parseList, pythonWith, read } from './reader.ts';
import { encodeAll, refused, samples } from './samples.ts';

const TOMLLIB = `
import json, sys, tomllib
document = tomllib.load(sys.stdin.buffer)
print(json.dumps([document[key] for key in sorted(document, key=int)]))
`;

test('a value is written in its own type', () => {
  assert.equal(encodeToml('a b'), '"a b"');
  assert.equal(encodeToml('C:\\a "b"'), `'C:\\a "b"'`);
  assert.equal(encodeToml(`it's "b"`), String.raw`"it's \"b\""`);
  assert.equal(encodeToml('a\n\u0001'), String.raw`"a\n\u0001"`);
  assert.equal(encodeToml(['a', 1, true]), '["a", 1, true]');
});

test('toml refuses NUL, half characters and unsafe numbers', () => {
  assert.deepEqual(refused(encodeToml), ['\0', 'a\0b', '\ud83d']);
  assert.throws(() => encodeToml(NaN), { message: 'toml cannot hold a number that is not finite' });
  assert.throws(() => encodeToml([2 ** 53]), { message: 'toml cannot hold a whole number beyond 2^53' });
});

test('tomllib reads each value back, alone, in a list and as a key', (t) => {
  const python = pythonWith('tomllib');
  if (python === undefined) return lacks(t, 'Python 3.11');
  const encoded = encodeAll(encodeToml, samples());
  const file = encoded.map(
    ({ token, value }, index) => `${index} = { ${token} = [${token}, ${encodeToml([value])}] }\n`,
  );
  const output = read(python, ['-c', TOMLLIB], { input: file.join('') }) ?? '[]';
  const got = parseList(output);
  const expected = encoded.map(({ value, token }) => ({ token, value: { [value]: [value, [value]] } }));
  for (const [index, { token, value }] of expected.entries()) assert.deepEqual(got[index], value, token);
  const numbers =
    read(python, ['-c', TOMLLIB], { input: `1 = ${encodeToml([0, -1.5, 1e-7, false])}\n` }) ?? '';
  assert.deepEqual(JSON.parse(numbers), [[0, -1.5, 1e-7, false]]);
});
