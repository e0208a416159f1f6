import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { lacks, read } from '../encode/reader.ts';
import { createRig, execute, program } from './run.ts';
import { sample, sampleFiles } from './sample.ts';

const files = { ...sampleFiles, 'flexgen.yaml': `${sample}node: { nmae: edge-01 }\n` };
const escape = '\u001b';

const plain = `error: unknown key \`nmae\`
 --> flexgen.yaml:7:9
  |
7 | node: { nmae: edge-01 }
  |         ^^^^ did you mean \`name\`?
`;

const colored = `${escape}[1m${escape}[31merror:${escape}[39m${escape}[22m unknown key \`nmae\``;

suite('colour', { concurrency: 2 }, () => {
  test('there is none where no terminal is', async (t) => {
    const rig = createRig(t, files);
    const env = { TERM: 'xterm-256color', COLORTERM: 'truecolor', FORCE_COLOR: '3' };
    assert.equal((await rig.flexgen(['cloud-init'], { env })).stderr, plain);
    assert.equal((await rig.flexgen(['validate', '--json'], { env })).stdout.includes(escape), false);
  });

  for (const [env, expected] of [
    [{ TERM: 'xterm' }, colored],
    [{ TERM: 'xterm', NO_COLOR: '1' }, plain],
    [{ TERM: 'dumb' }, plain],
  ] as const) {
    test(`on a terminal with ${JSON.stringify(env)}`, async (t) => {
      if (read('script', ['--version']) === undefined) return lacks(t, 'script (of util-linux)');
      const { folder } = createRig(t, files);
      const line = [process.execPath, program, 'cloud-init'].map((word) => `'${word}'`).join(' ');
      // `script` gives the command a terminal of its own and prints what it shows.
      const shown = await execute('script', ['-qec', line, '/dev/null'], { env, cwd: folder });
      assert.equal(shown.exitCode, 3);
      const text = shown.stdout.replaceAll('\r\n', '\n');
      assert.equal(text.slice(0, expected.length), expected);
    });
  }
});
