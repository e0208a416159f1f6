import assert from 'node:assert/strict';
import test from 'node:test';
import { encodeEnv } from '../../src/encode/env.ts';
import { assertReadBack, lacks, read, withFile } from './reader.ts';
import { dropped, encodeAll, refused, samples } from './samples.ts';
import { readEnvironmentFile } from './systemd.ts';

test('a value is quoted only where it must be', () => {
  assert.equal(encodeEnv('https://proxy:3128/?a=b'), '"https://proxy:3128/?a=b"');
  assert.equal(encodeEnv('https://proxy:3128/a=b'), 'https://proxy:3128/a=b');
  assert.equal(encodeEnv(''), '""');
  assert.equal(encodeEnv('a "b" $c `d` \\e'), '"a \\"b\\" \\$c \\`d\\` \\\\e"');
  assert.equal(encodeEnv('a\nb'), '"a\nb"');
  assert.equal(encodeEnv(110), '110');
});

test('env refuses what systemd would drop', () => {
  assert.deepEqual(refused(encodeEnv), ['\r', 'a\rb', 'a\r\nb', ...dropped]);
  assert.throws(() => encodeEnv('a\r'), {
    name: 'EncodeError',
    message: 'env cannot hold a carriage return',
  });
  assert.throws(() => encodeEnv(['a']), { message: 'env cannot hold a list' });
});

for (const shell of ['bash', 'dash']) {
  test(`${shell} sources each value back`, (t) => {
    const encoded = encodeAll(encodeEnv, samples());
    const file = encoded.map(({ token }, index) => `V${index}=${token}\n`).join('');
    const print = encoded.map((_, index) => `printf '%s\\0' "$V${index}"\n`).join('');
    const output = withFile('node.env', file, (path) =>
      read(shell, ['-s', path], { input: `. "$1"\n${print}` }),
    );
    if (output === undefined) return lacks(t, shell);
    assertReadBack(encoded, output.split('\0').slice(0, -1));
  });
}

test('systemd reads each value back from an EnvironmentFile=', (t) => {
  const encoded = encodeAll(encodeEnv, samples());
  const variables = readEnvironmentFile(encoded.map(({ token }, index) => `V${index}=${token}\n`).join(''));
  if (variables === undefined) return lacks(t, 'systemd and Python');
  assertReadBack(
    encoded,
    encoded.map((_, index) => variables[`V${index}`]),
  );
});
