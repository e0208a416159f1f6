import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRig } from './run.ts';

const seconds = { host: 2, packages: 0, artifacts: 11, runtime: 3, identity: 1, kubelet: 1, registered: 9 };
const ready = {
  state: 'ready',
  step: 'scrub',
  reason: '',
  remedy: '',
  code: 0,
  seconds: { ...seconds, ready: 3, total: 31 },
};

test('where the time of a boot went', async (t) => {
  const { flexgen } = createRig(t, { 'status.json': JSON.stringify(ready) });
  assert.deepEqual(await flexgen(['timeline', 'status.json']), {
    exitCode: 0,
    stdout: `host           2 s  ##
packages       0 s    |
artifacts     11 s    ###########
runtime        3 s               ###
identity       1 s                  #
kubelet        1 s                   #
registered     9 s                    #########
ready          3 s                             ###
scrub          1 s                                #
Ready after 31 s
`,
    stderr: '',
  });
});

test('a boot that failed, from standard input, and one that goes on', async (t) => {
  const { flexgen } = createRig(t);
  const failed = {
    ...ready,
    state: 'failed',
    step: 'artifacts',
    code: 21,
    reason: 'kubelet: expected sha256 1f, got 77\u001b[2J',
    remedy: 'run `flexgen-node logs`',
    seconds: { host: 1, packages: 170 },
  };
  assert.deepEqual(await flexgen(['timeline'], { stdin: JSON.stringify(failed) }), {
    exitCode: 5,
    stdout: `host         1 s  |
packages   170 s  ${'#'.repeat(60)}
FAILED at artifacts (21): kubelet: expected sha256 1f, got 77␛[2J — run \`flexgen-node logs\`
`,
    stderr: '',
  });
  const running = { ...ready, state: 'running', step: 'host', seconds: {} };
  const shown = await flexgen(['timeline', '-'], { stdin: JSON.stringify(running) });
  assert.deepEqual([shown.exitCode, shown.stdout], [0, 'still at host after 0 s\n']);
});

test('the steps for programs', async (t) => {
  const { flexgen } = createRig(t);
  // The clock was set back in the middle.
  const status = { ...ready, seconds: { host: 5, artifacts: -3, total: 4 } };
  const { exitCode, stdout } = await flexgen(['timeline', '--json'], { stdin: JSON.stringify(status) });
  assert.equal(exitCode, 0);
  assert.deepEqual(JSON.parse(stdout), {
    state: 'ready',
    step: 'scrub',
    code: 0,
    reason: '',
    remedy: '',
    steps: [
      { name: 'host', start: 0, seconds: 5 },
      { name: 'artifacts', start: 5, seconds: -3 },
      { name: 'scrub', start: 2, seconds: 2 },
    ],
    seconds: 4,
  });
});

test('what is no status', async (t) => {
  const { flexgen } = createRig(t, { 'big.json': ' '.repeat(70_000) });
  for (const [args, stdin, message] of [
    [[], '', 'standard input is empty'],
    [[], 'state: ready\nstep: scrub\n', 'standard input is not a node’s status: it is not JSON'],
    [[], '{"state":"done"}', 'standard input is not a node’s status: it has no `state` and `seconds`'],
    [
      [],
      '{"state":"ready","seconds":{"host":"2"}}',
      'standard input is not a node’s status: `seconds.host` is no number',
    ],
    [['none.json'], '', "can't read none.json: there is no such file"],
    [['big.json'], '', 'big.json is too big for a node’s status'],
    [['-'], ' '.repeat(70_000), 'standard input is too big for a node’s status'],
  ] as const) {
    const { exitCode, stdout, stderr } = await flexgen(['timeline', ...args], { stdin });
    assert.deepEqual([exitCode, stdout, stderr.split('\n')[0]], [3, '', `error: ${message}`]);
  }
});
