import assert from 'node:assert/strict';
import test from 'node:test';
import { encodeUnit } from '../../src/encode/unit.ts';
import { assertReadBack, lacks } from './reader.ts';
import { dropped, encodeAll, refused, samples } from './samples.ts';
import { readUnitEnvironment } from './systemd.ts';

test('a word has escapes, not quotes, and no specifier', () => {
  assert.equal(encodeUnit('https://proxy:3128/a=b'), 'https://proxy:3128/a=b');
  assert.equal(encodeUnit('100% of "a b"\\'), String.raw`100%%\x20of\x20\x22a\x20b\x22\x5c`);
  assert.equal(encodeUnit('a\tb'), String.raw`a\x09b`);
  assert.equal(encodeUnit('é'), 'é');
  assert.equal(encodeUnit(''), '""');
});

test('unit refuses line breaks and what systemd would drop', () => {
  const kept = refused(encodeUnit).filter((value) => !/[\n\r]/.test(value));
  assert.deepEqual(kept, dropped);
  assert.throws(() => encodeUnit('a\nb'), { name: 'EncodeError', message: 'unit cannot hold a line break' });
});

test('systemd reads each value back from Environment=', (t) => {
  const encoded = encodeAll(encodeUnit, samples());
  const variables = readUnitEnvironment(
    encoded.map(({ token }, index) => `Environment=V${index}=${token}\n`).join(''),
  );
  if (variables === undefined) return lacks(t, 'systemd');
  assertReadBack(
    encoded,
    encoded.map((_, index) => variables[`V${index}`]),
  );
});
