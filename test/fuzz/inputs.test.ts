import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { test } from 'node:test';
import { createRig, execute, program } from '../cli/run.ts';
import { sample, sampleFiles } from '../cli/sample.ts';
import { mutated } from './mutate.ts';
import { seed } from './seed.ts';
import { loadSpec, parseFacts } from '../../src/config/index.ts';
import { definitions } from '../config/definitions.ts';

test('a config that is no file is refused in words, with exit code 3', async (t) => {
  const rig = createRig(t, sampleFiles);
  symlinkSync('circle', `${rig.folder}/circle`);
  for (const [path, reason] of [
    ['a'.repeat(300), 'its name is too long'],
    ['circle', 'its links lead in a circle'],
    ['.', 'it is a folder'],
    ['/dev/zero', 'it has more than 64 MiB'],
  ] as const) {
    const limited = 'ulimit -t 60 -v 6000000; exec "$0" "$@"';
    const args = ['--norc', '-c', limited, process.execPath, program, 'validate', '--offline', '-c', path];
    const { exitCode, stdout, stderr } = await execute('bash', args, { cwd: rig.folder });
    assert.deepEqual({ exitCode, stdout }, { exitCode: 3, stdout: '' }, stderr);
    assert.ok(stderr.includes(reason), stderr);
    assert.doesNotMatch(stderr, /^ +at /m);
  }
});

test('configs and facts whose bytes were changed are read or refused, each problem at its place', () => {
  for (const text of [sample, sampleFiles['facts.yaml']]) {
    for (const bytes of mutated(Buffer.from(text), 400, seed)) {
      const changed = bytes.toString('utf8');
      for (const result of [loadSpec(changed, 'edge.yaml', definitions), parseFacts(changed, 'facts.yaml')]) {
        const problems = result.ok ? result.warnings : result.errors;
        assert.equal(
          result.ok,
          problems.every(({ severity }) => severity !== 'error'),
        );
        for (const { location, code } of problems)
          assert.ok(location !== undefined || code === 'config/too-many');
      }
    }
  }
});
