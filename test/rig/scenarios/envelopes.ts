import assert from 'node:assert/strict';
import { decode } from '../../render/decode.ts';
import { becomesReady, isDone, on, patience } from '../expect.ts';
import { run } from '../services/run.ts';
import type { BootedNode, Scenario, Stage } from '../scenario.ts';

const fast = [{ setting: 'namespaces', release: 'debian-13' }] as const;

/** Files of the payload that no step of the join changes. */
const kept = /^\/(?:usr\/local\/|etc\/(?:systemd|sysctl\.d|modules-load\.d)\/)/;

/** cloud-init has taken the payload: flexgen's unit runs, and the files are the payload's with their modes. */
async function isTaken(stage: Stage, node: BootedNode, config: string, seconds = 60): Promise<void> {
  await node.machine.waitForConsole(/flexgen: host done/, patience(stage, seconds));
  const files = decode(config)?.files ?? assert.fail('PyYAML reads the payload');
  const ours = Array.from(files).filter(([path]) => kept.test(path));
  assert.ok(ours.length > 5);
  const said = await on(
    node,
    ours.map(([path]) => `stat -c %a ${path}; base64 -w0 ${path}; echo`).join('\n'),
  );
  const lines = ours.flatMap(([, { mode, content }]) => [
    mode.replace(/^0/, ''),
    Buffer.from(content).toString('base64'),
  ]);
  assert.deepEqual(said.split('\n'), lines);
}

/** Prints where cloud-init has its user-data from. */
const datasource = `python3 -c 'import json; print(json.load(open("/run/cloud-init/status.json"))["v1"]["datasource"])'`;

const gzipEnvelope: Scenario = {
  name: 'envelope gzip: cloud-init unpacks the payload and starts the unit',
  runs: fast,
  async play(stage) {
    const node = await stage.boot({ envelope: 'gzip' });
    await isTaken(stage, node, node.userData);
  },
};

const part = (type: string, text: string): string =>
  `--mine\nContent-Type: ${type}; charset="utf-8"\nMIME-Version: 1.0\n\n${text}\n`;

/** What somebody has for their machines already: a hook, a script and a cloud-config with lists that ours has too. */
const mine = [
  'Content-Type: multipart/mixed; boundary="mine"\nMIME-Version: 1.0\n\n',
  part('text/cloud-boothook', '#!/bin/sh\ntouch /etc/mine-hook\n'),
  part('text/x-shellscript', '#!/bin/sh\ntouch /etc/mine-script\n'),
  part(
    'text/cloud-config',
    '#cloud-config\nruncmd: [touch /etc/mine-command]\nwrite_files: [{ path: /etc/mine-file, content: x }]\n',
  ),
  '--mine--\n',
].join('');

/** Prints the last part of a message, which is flexgen's. */
const lastPart =
  'import email, sys; print([*email.message_from_file(sys.stdin).walk()][-1].get_payload(decode=True).decode())';

const mimeEnvelope: Scenario = {
  name: 'envelope mime: merged with a hook, a script and a cloud-config of the user’s own, nothing of either is lost',
  runs: fast,
  async play(stage) {
    const node = await stage.boot({ userData: mine });
    assert.match(node.userData, /^Content-Type: multipart\/mixed;/m);
    await isTaken(stage, node, await run('python3', ['-c', lastPart], { input: node.userData }));
    const cloudInit = 'cloud-init status --wait >/dev/null; test $? != 1';
    const listing = await on(node, `${cloudInit} && ls /etc/mine-*`);
    assert.deepEqual(
      listing.split('\n'),
      ['command', 'file', 'hook', 'script'].map((name) => `/etc/mine-${name}`),
    );
  },
};

/** What the image of the rig does not look for, which others do. */
const lookForConfigDrive = 'cc: {datasource_list: [ConfigDrive, None]} end_cc';

const drives = [
  { envelope: 'nocloud-iso', source: /^DataSourceNoCloud \[seed=\/dev\/vdb\]/, label: 'iso9660 cidata' },
  { envelope: 'nocloud-vfat', source: /^DataSourceNoCloud \[seed=\/dev\/vdb\]/, label: 'vfat cidata' },
  {
    envelope: 'configdrive',
    source: /^DataSourceConfigDrive \[.*source=\/dev\/vdb\]/,
    label: 'iso9660 config-2',
  },
] as const;

const driveEnvelopes: Scenario = {
  name: 'envelopes that are drives: a CD, a vfat disk and a config drive of flexgen’s are read by the kernel and by cloud-init',
  runs: [{ setting: 'qemu', release: 'debian-13' }],
  async play(stage) {
    // Three machines without hardware virtualisation on the processors of one; two are cut off as soon as they have shown it.
    const seconds = 180;
    await Promise.all(
      drives.map(async ({ envelope, source, label }) => {
        const kernelArguments = envelope === 'configdrive' ? lookForConfigDrive : '';
        const node = await stage.boot({ envelope }, { kernelArguments });
        await isTaken(stage, node, node.userData, seconds);
        assert.match(await on(node, datasource), source);
        assert.equal(await on(node, 'lsblk -dno FSTYPE,LABEL /dev/vdb | tr -s " "'), label);
        assert.equal(await on(node, 'hostname'), node.nodeName);
        if (envelope !== 'nocloud-iso') return await node.machine.powerCut();
        await becomesReady(stage, node, seconds);
        await isDone(stage, node);
      }),
    );
  },
};

export const envelopeScenarios: readonly Scenario[] = [gzipEnvelope, mimeEnvelope, driveEnvelopes];
