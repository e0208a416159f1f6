import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { suite, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { temporary } from '../cli/run.ts';
import { formsOf } from './forms.ts';
import { observe } from './observe.ts';
import { placesOf } from './places.ts';
import type { Place } from './places.ts';
import { searcher } from './search.ts';
import { withStrace } from './strace.ts';

// A search that finds nothing is worth something only if it finds what is there.
const canary = `${randomBytes(9).toString('base64url')}"ö'$& +/`;

/** Programs that leak, each in its own way; the canary is the variable CANARY of their environment. */
const leaks: Readonly<Record<string, { readonly script: string; readonly place: Place }>> = {
  'an argument of a program': {
    script: `child.spawnSync('true', [secret], {env: {}})`,
    place: 'arguments',
  },
  'an argument of a program that a program starts': {
    script: `child.spawnSync('sh', ['-c', 'read -r it; /bin/echo "$it" >/dev/null'], {env: {}, input: secret})`,
    place: 'arguments',
  },
  'the environment of a program': {
    script: `child.spawnSync('true', [], {env: {OTHER: secret}})`,
    place: 'environment',
  },
  'standard output': { script: `console.log('a', secret)`, place: 'stdout' },
  'standard error, in base64': {
    script: `console.error(Buffer.from('ab' + secret + 'c').toString('base64'))`,
    place: 'stderr',
  },
  'a file that others may read': { script: `fs.writeFileSync('it', secret)`, place: 'shared file' },
  'a file of its owner that is deleted at once': {
    script: `fs.writeFileSync('it', 'x'.repeat(9) + secret, {mode: 0o600}); fs.rmSync('it')`,
    place: 'private file',
  },
  'a file that was written beside its place, piece by piece': {
    script: `const file = fs.openSync('tmp', 'w', 0o600); for (const c of Buffer.from(secret)) fs.writeSync(file, Buffer.from([c])); fs.renameSync('tmp', 'it'); fs.chmodSync('it', 0o644)`,
    place: 'shared file',
  },
  'a packed file': {
    script: `fs.writeFileSync('it', zlib.gzipSync('x' + secret), {mode: 0o600})`,
    place: 'private file',
  },
};

const head = `const fs = require('fs'), child = require('child_process'), zlib = require('zlib'), secret = process.env.CANARY;`;

suite('a planted canary is found in', { concurrency: 2 }, () => {
  for (const [name, { script, place }] of Object.entries(leaks)) {
    test(name, async (t) => {
      if (!withStrace(t)) return;
      const run = await observe({
        argv: [process.execPath, '-e', `${head} ${script}`],
        cwd: temporary(t),
        env: { PATH: '/usr/bin:/bin', CANARY: canary },
      });
      assert.equal(run.exitCode, 0, run.stderr.toString());
      const found = placesOf(run, { canary });
      assert.deepEqual([...(found.get('canary') ?? [])], [place]);
    });
  }
});

test('a canary is found in each form, at whatever place of a text', () => {
  const look = searcher({ canary });
  for (const form of formsOf(canary)) assert.deepEqual(look(Buffer.from(`ab${form}c`)), ['canary'], form);
  for (const before of ['', 'a', 'ab', 'abc']) {
    const text = Buffer.from(`${before}${canary}behind`);
    for (const shown of [text.toString('hex'), text.toString('base64'), text.toString('base64url')])
      assert.deepEqual(look(Buffer.from(shown)), ['canary']);
    const packed = gzipSync(text);
    assert.deepEqual(look(Buffer.concat([Buffer.from('head'), packed, Buffer.from('tail')])), ['canary']);
    const file = Buffer.from(`content: ${packed.toString('base64')}\n`);
    for (const payload of [file, gzipSync(file)]) assert.deepEqual(look(payload), ['canary']);
  }
  assert.deepEqual(look(Buffer.from(canary.slice(1))), []);
});
