import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTimeout } from '../../../src/cli/wait/time-out.ts';
import { createRig } from '../run.ts';
import { sample, sampleFiles } from '../sample.ts';

const named = sample.replace('network:', 'node: { name: edge-01 }\nnetwork:');

test('which nodes, by which way, for how long: what is wrong of it is said before anything is asked', async (t) => {
  const { flexgen } = createRig(t, { ...sampleFiles, 'flexgen.yaml': sample, 'named.yaml': named });
  for (const [args, code, stderr] of [
    [
      [],
      2,
      'error: no node is named\n  say which: `flexgen wait NODE…`; the config leaves the name to the machine\n',
    ],
    [
      ['Edge-01', 'a_b'],
      2,
      `error: "Edge-01": this is not a node name
  a node’s name is lower-case: did you mean \`edge-01\`?

error: "a_b": this is not a node name
  lower-case letters, digits, \`-\` and \`.\`, with a letter or digit at both ends of each part between dots; at most 63 characters in a part and 253 in all
`,
    ],
    [
      ['--config', 'named.yaml', '--kubeconfig', 'none'],
      2,
      "error: can't read the kubeconfig none: there is no such file\n  `az aks get-credentials` writes one\n",
    ],
    [
      ['--config', 'none.yaml'],
      3,
      "error: can't read none.yaml: there is no such file\n  `--config FILE` names another one; starters are in templates/config\n",
    ],
  ] as const) {
    assert.deepEqual(await flexgen(['wait', ...args]), { exitCode: code, stdout: '', stderr });
  }
  const { exitCode, stderr } = await flexgen(['wait', '--timeout', 'soon']);
  assert.equal(exitCode, 2);
  assert.match(
    stderr,
    /^error: option '-t, --timeout <duration>' argument 'soon' is invalid\. Write it like `90s`/,
  );
});

test('a table of nodes is checked as a whole', async (t) => {
  const { flexgen } = createRig(t, { ...sampleFiles, 'flexgen.yaml': sample });
  const { exitCode, stdout, stderr } = await flexgen(['wait', '--nodes', '-'], {
    stdin: 'name\nedge-1\nedge-1\n',
  });
  assert.deepEqual([exitCode, stdout], [3, '']);
  assert.match(stderr, /^error: .*edge-1/);
});

test('a time-out', () => {
  for (const [text, milliseconds] of [
    ['0', 0],
    ['0s', 0],
    ['90s', 90_000],
    ['15m', 900_000],
    ['2h', 7_200_000],
  ] as const)
    assert.equal(parseTimeout(text), milliseconds);
  for (const text of ['', '15', '-1m', '1.5h', '1d', '1234567s', ' 1m'])
    assert.equal(parseTimeout(text), undefined);
});
