import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createRig, execute, program } from './run.ts';
import { sample, sampleFiles } from './sample.ts';

const files = { ...sampleFiles, 'flexgen.yaml': sample };
const closed = 'error: standard output was closed before everything was written\n';

/** Runs flexgen as `$@` in a bash script, which decides where its output goes. */
const inShell = async (script: string, args: readonly string[], cwd: string) =>
  await execute('bash', ['--norc', '-c', script, 'bash', process.execPath, program, ...args], { cwd });

// The reader is gone before the first byte: no race.
const noReader = 'exec 3> >(:); wait $!; "$@" >&3';

suite('standard output that nobody reads', { concurrency: 2 }, () => {
  for (const args of [['cloud-init'], ['--help'], ['schema'], ['version'], ['validate', '--json']]) {
    test(`${args.join(' ')}: the reader closes at once`, async (t) => {
      const { folder } = createRig(t, files);
      assert.deepEqual(await inShell(noReader, args, folder), { exitCode: 2, stdout: '', stderr: closed });
    });
    test(
      `${args.join(' ')}: the disk is full`,
      { skip: process.platform !== 'linux' && 'needs Linux' },
      async (t) => {
        const { folder } = createRig(t, files);
        assert.deepEqual(await inShell('"$@" >/dev/full', args, folder), {
          exitCode: 2,
          stdout: '',
          stderr: "error: can't write to standard output (ENOSPC)\n",
        });
      },
    );
  }

  test('/dev/null is as good as any', async (t) => {
    const { folder } = createRig(t, files);
    // As a shell opens it, and as a program that ignores standard output does: for reading too.
    for (const command of ['"$@" >/dev/null', '"$@" 1<>/dev/null']) {
      const quiet = await inShell(command, ['cloud-init'], folder);
      assert.deepEqual(quiet, { exitCode: 0, stdout: '', stderr: '' });
    }
  });
});

suite('standard error that nobody reads', { concurrency: 2 }, () => {
  for (const redirection of ['2>/dev/full', '2>&-', '2>&1 >/dev/full']) {
    test(`the exit code still tells: ${redirection}`, async (t) => {
      const { folder } = createRig(t, { ...files, 'flexgen.yaml': `${sample}nodes: []\n` });
      const { exitCode, stderr } = await inShell(`"$@" ${redirection}`, ['cloud-init'], folder);
      assert.equal(exitCode, 3);
      assert.equal(stderr, '');
    });
  }
});
