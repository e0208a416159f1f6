import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { root } from '../../cli/run.ts';
import { pythonWith, read } from '../../encode/reader.ts';
import { createMachine } from './shell.ts';
import type { Machine } from './shell.ts';

// What the datasource of cloud-init keeps of user-data, and what it needs at the next boot.
const pickled = `
import pickle, types
source = types.SimpleNamespace(userdata_raw='hunter2', userdata=b'hunter2', _crawled_metadata={'a': 'hunter2'}, metadata={'instance-id': 'i-1'})
pickle.dump(source, open('obj.pkl', 'wb'))
`;
const unpickled = `
import json, pickle
print(json.dumps(vars(pickle.load(open('obj.pkl', 'rb')))))
`;

suite(
  'flexgen-node forget',
  { concurrency: 2, skip: pythonWith('pickle') === undefined && 'needs Python' },
  () => {
    const instance = '/var/lib/cloud/instance';

    function machineWithCopies(t: TestContext): Machine {
      const machine = createMachine(t);
      for (const path of [
        `${instance}/user-data.txt`,
        `${instance}/user-data.txt.i`,
        `${instance}/cloud-config.txt`,
        `${instance}/scripts/runcmd`,
        '/var/lib/cloud/seed/nocloud/user-data',
        '/run/cloud-init/instance-data-sensitive.json',
        '/run/cloud-init/combined-cloud-config.json',
      ]) {
        machine.write(path, 'hunter2');
      }
      machine.write(`${instance}/boot-finished`, 'done');
      machine.write('/run/cloud-init/result.json', '{}');
      return machine;
    }

    test('no copy of cloud-init’s keeps user-data, and it needs none at the next boot', async (t) => {
      const machine = machineWithCopies(t);
      assert.equal(
        (await machine.bash(`cd .${instance}; python3 -c "$script"`, { script: pickled })).exitCode,
        0,
      );
      const { exitCode, stderr } = await machine.bash('usr/local/bin/flexgen-node forget');
      assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
      assert.equal((await machine.bash('grep -rl hunter2 . || echo none')).stdout, 'none\n');
      assert.equal(
        (await machine.bash(`cd .${instance}; python3 -c "$script"`, { script: unpickled })).stdout,
        '{"userdata_raw": "", "userdata": null, "_crawled_metadata": null, "metadata": {"instance-id": "i-1"}}\n',
      );
      assert.deepEqual(machine.names(instance), ['boot-finished', 'manual-clean', 'obj.pkl', 'scripts']);
      assert.deepEqual(machine.names('/run/cloud-init'), ['result.json']);
    });

    test('what can’t be had again without the token is on the disk before the token goes', () => {
      const text = readFileSync(join(root, 'templates/node/usr/local/lib/flexgen/join'), 'utf8');
      assert.match(text, /^sync\nforget\nflexgen-node forget$/m);
    });

    test('a cache that Python can’t read goes as a whole', async (t) => {
      const machine = machineWithCopies(t);
      machine.write(`${instance}/obj.pkl`, 'hunter2');
      assert.equal((await machine.bash('usr/local/bin/flexgen-node forget')).exitCode, 0);
      assert.equal(machine.names(instance).includes('obj.pkl'), false);
    });

    test('a machine that was made without cloud-init', async (t) => {
      const machine = createMachine(t);
      assert.equal((await machine.bash('usr/local/bin/flexgen-node forget 2>/dev/null')).exitCode, 0);
    });
  },
);

suite('flexgen-node', { concurrency: 2, skip: read('jq', ['--version']) === undefined && 'needs jq' }, () => {
  const status =
    '{"state":"failed","step":"host","reason":"a b","remedy":"c","code":11,"seconds":{"host":2}}\n';
  const run = async (t: TestContext, args: string) => {
    const machine = createMachine(t);
    machine.write('/var/lib/flexgen/status.json', status);
    machine.fake('journalctl', 'printf "%s|" "$@"');
    return await machine.bash(`usr/local/bin/flexgen-node ${args}`);
  };

  test('status', async (t) => {
    const stdout = 'state: failed\nstep: host\nreason: a b\nremedy: c\ncode: 11\nseconds: {"host":2}\n';
    assert.deepEqual(await run(t, 'status'), { exitCode: 0, stdout, stderr: '' });
    assert.deepEqual(await run(t, 'status --json'), { exitCode: 0, stdout: status, stderr: '' });
  });

  test('logs', async (t) => {
    const { exitCode, stdout } = await run(t, 'logs -f');
    assert.deepEqual(
      { exitCode, stdout },
      { exitCode: 0, stdout: '--no-pager|-u|flexgen|-u|containerd|-u|kubelet|-f|' },
    );
  });

  test('anything else', async (t) => {
    for (const args of ['', 'reset --all', 'status --yaml']) {
      const { exitCode, stdout, stderr } = await run(t, args);
      assert.deepEqual({ exitCode, stdout }, { exitCode: 2, stdout: '' });
      assert.equal(stderr, 'usage: flexgen-node status [--json]|logs|reset [--yes]\n');
    }
  });
});
