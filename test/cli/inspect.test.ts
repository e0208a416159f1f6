import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { createRig, root } from './run.ts';

const generated = (name: string): Buffer => readFileSync(join(root, 'generated', `${name}.user-data.yaml`));

/** A payload by hand, with one of each thing. */
const byHand = `#cloud-config
write_files:
- path: /etc/app.env
  permissions: '0600'
  content: |
    USER=app
    PASSWORD=hunter2-hunter2
- { path: /opt/run.sh, permissions: '0755', content: "#!/bin/sh\\ncurl -fsSL https://example.com/tool -o /tool\\n" }
bootcmd: [[echo, it's, early]]
runcmd:
- systemctl enable --now app
- echo hunter2-hunter2 | app login
packages: [jq]
`;

const report = `mine.yaml: 358 bytes, plain text

parts (1)
  cloud-config  user-data  358 bytes

files (2)
  0600         34  /etc/app.env  holds a secret
  0755         55  /opt/run.sh

units (1)
  app.service  enabled, started

downloads (1)
  https://example.com/tool
    NOTHING checks it

commands (3)
  init   every boot  echo 'it'\\''s' early
  final  first boot  systemctl enable --now app
  final  first boot  echo <masked: secret 1> | app login

other modules (1)
  final  packages  - jq

secrets, masked (3)
  /etc/app.env:1       <masked: root-only value 1>
  /etc/app.env:2       <masked: secret 1>
  user-data: runcmd:1  <masked: secret 1>
`;

suite('flexgen inspect', () => {
  test('a payload by hand: what it does, its secrets masked wherever they stand', async (t) => {
    const { flexgen } = createRig(t, { 'mine.yaml': byHand });
    assert.deepEqual(await flexgen(['inspect', 'mine.yaml']), { exitCode: 0, stdout: report, stderr: '' });
  });

  test('the same through gzip and base64, from standard input', async (t) => {
    const { flexgen } = createRig(t);
    const packed = gzipSync(generated('bootstrap-token')).toString('base64');
    const { exitCode, stdout, stderr } = await flexgen(['inspect', '-'], { stdin: packed });
    assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
    assert.match(stdout, /^standard input: [\d,]+ bytes, base64 > gzip\n/);
    assert.match(stdout, /\n {2}0600 {9}23 {2}\/var\/lib\/kubelet\/token {2}holds a secret\n/);
  });
});
