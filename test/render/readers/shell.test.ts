import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { NodeFile } from '../../../src/node/plan.ts';
import { execute } from '../../cli/run.ts';
import { lacks, read } from '../../encode/reader.ts';
import { emitted, layOut } from './emitted.ts';

const library = /^\. (\/usr\/local\/lib\/flexgen\/\S+)$/gm;
const modes = 'for f in /usr/local/lib/flexgen/modes*.sh; do . $f; done';

/** The script with what it sources in its place, so that shellcheck sees the whole program. */
function whole(path: string, files: readonly NodeFile[]): string {
  const file = files.find((candidate) => candidate.path === path);
  assert.ok(file, `${path} is among the files`);
  const ofModes = files.filter((mode) => /^\/usr\/local\/lib\/flexgen\/modes.*\.sh$/.test(mode.path));
  return file.content
    .replace(library, (_, sourced: string) => whole(sourced, files))
    .replace(modes, () => ofModes.map((mode) => mode.content).join(''));
}

/**
 * What the sources pass by place for place, in comments that are not emitted: words that are split, variables that
 * others use or that are used by name, backticks for the reader, files that only the node has, functions that a mode
 * defines anew, a last word for whichever of two things is not so.
 */
const passed = 'SC2086,SC2046,SC2034,SC2016,SC1090,SC1091,SC2317,SC2015';

const isScript = ({ content }: NodeFile): boolean => content.startsWith('#!/bin/bash\n');

suite('scripts as they are emitted', async () => {
  const programs = new Map<string, string>();
  for (const [name, files] of await emitted()) {
    for (const { path } of files.filter(isScript)) {
      const text = whole(path, files);
      if (![...programs.values()].includes(text)) programs.set(`${name}: ${path}`, text);
    }
  }

  test('all are found', () => {
    const paths = new Set([...programs.keys()].map((name) => name.split(': ')[1] ?? ''));
    assert.deepEqual([...paths].toSorted(), [
      '/usr/local/bin/flexgen-node',
      '/usr/local/lib/flexgen/install',
      '/usr/local/lib/flexgen/join',
      '/var/lib/kubelet/token.sh',
    ]);
  });

  for (const [name, text] of programs) {
    test(`${name}: bash`, async () => {
      assert.deepEqual(await execute('bash', ['--norc', '-n'], { stdin: text }), {
        exitCode: 0,
        stdout: '',
        stderr: '',
      });
    });

    test(`${name}: shellcheck`, async (t) => {
      if (read('shellcheck', ['--version']) === undefined) return lacks(t, 'shellcheck');
      // By itself `install` has the functions of `join` that a mode calls nowhere in it.
      const also = name.endsWith('/install') ? ',SC2154' : '';
      const args = ['--norc', `--exclude=${passed}${also}`, '--shell=bash', '--format=gcc', '-'];
      const outcome = await execute('shellcheck', args, { stdin: text });
      assert.deepEqual(outcome, { exitCode: 0, stdout: '', stderr: '' });
    });
  }

  test('modes.sh of every config is one that bash reads', async (t) => {
    for (const [name, files] of await emitted()) {
      const folder = layOut(t, files);
      const path = `${folder}/usr/local/lib/flexgen/modes.sh`;
      const { exitCode, stderr } = await execute('bash', ['--norc', '-n', path], {});
      assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' }, name);
    }
  });
});
