import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { lacks } from '../encode/reader.ts';
import { checkReader, isHere } from './check.ts';
import { nasty } from './nasty.ts';
import { readers } from './readers/index.ts';
import { seed } from './seed.ts';

test('there are more than a thousand nasty strings', () => assert.ok(nasty.length > 4000));

/** The rig or `npm run fuzz` builds these, out of Go's sources. */
const built = /^(?:containerd|kubelet),/;

suite('what is written is read as it was, and nothing of it is executed', () => {
  for (const reader of readers) {
    test(`${reader.name} (${reader.writer})`, (t) => {
      if (!isHere(reader))
        return lacks(t, built.test(reader.name) ? `${reader.name} (npm run fuzz builds it)` : reader.name);
      // PyYAML takes a millisecond for each.
      const [count, step] = reader.name.startsWith('PyYAML') ? [200, 8] : [1500, 2];
      const { random } = checkReader(reader, count, seed, step);
      assert.equal(random, count);
    });
  }
});
