import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { createRig, root } from '../cli/run.ts';
import { shellScripts } from './scripts.ts';

test('scripts are found by name or first line, tracked or not, and not where git ignores', (t) => {
  const rig = createRig(t, {
    'a.sh': '',
    'b/tool': '#!/bin/bash\n',
    'c': '#!/usr/bin/env -S bash -e\n',
    'd': '#!/bin/sh',
    'e': '#!/usr/bin/env node\n',
    'f.txt': 'echo #!/bin/sh\n',
    'empty': '',
    'ignored/g.sh': '',
    '.gitignore': '/ignored/\n',
  });
  const git = (...args: string[]) => assert.equal(spawnSync('git', args, { cwd: rig.folder }).status, 0);
  git('init', '-q');
  git('add', 'a.sh');
  assert.deepEqual(shellScripts(rig.folder), ['a.sh', 'b/tool', 'c', 'd']);
});

test('the scripts of the node and of the tests are among those of this tree', () => {
  const found = shellScripts(root);
  for (const path of [
    '.ci/run',
    'templates/node/usr/local/lib/flexgen/join',
    'templates/node/usr/local/lib/flexgen/modes/bridge.sh',
    'templates/node/var/lib/kubelet/token/secret.sh',
    'test/rig/machines/guest-agent.sh',
  ]) {
    assert.ok(found.includes(path), path);
  }
});
