import assert from 'node:assert/strict';
import test from 'node:test';
import { encodeIni } from '../../src/encode/ini.ts';
import { assertReadBack, lacks, parseList, pythonWith, read } from './reader.ts';
import { encodeAll, samples } from './samples.ts';

const CONFIGPARSER = `
import configparser, json, sys
sys.stdin.reconfigure(encoding="utf-8", newline="\\n")
parser = configparser.ConfigParser(inline_comment_prefixes=("#", ";"))
parser.read_file(sys.stdin)
print(json.dumps(list(parser["test"].values())))
`;

test('ini keeps a value as it is or refuses it', () => {
  assert.equal(encodeIni('1024 65535'), '1024 65535');
  assert.equal(encodeIni(true), 'true');
  for (const [value, reason] of [
    ['a\nb', 'a line break'],
    ['a\u2028b', 'a line break'],
    ['a\rb', 'a carriage return'],
    ['a ', 'a space at its start or end'],
    ["it's", 'a quote or a backslash'],
    ['a #b', 'a # or ;, which may start a comment'],
    ['100%', 'a $ or %, which may be expanded'],
    ['a\0', 'a NUL character'],
  ] as const) {
    assert.throws(() => encodeIni(value), { name: 'EncodeError', message: `ini cannot hold ${reason}` });
  }
});

test('configparser, with comments and interpolation, reads each value back', (t) => {
  const python = pythonWith('configparser');
  if (python === undefined) return lacks(t, 'Python');
  const encoded = encodeAll(encodeIni, samples());
  assert.ok(encoded.length > 100);
  const file = `[test]\n${encoded.map(({ token }, index) => `k${index} = ${token}\n`).join('')}`;
  const output = read(python, ['-c', CONFIGPARSER], { input: file }) ?? '[]';
  assertReadBack(encoded, parseList(output));
});
