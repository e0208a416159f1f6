import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { say, timed } from '../services/progress.ts';
import { freePort } from '../services/processes.ts';
import { bootMachine } from './boot.ts';
import type { Machine, Release, Setting } from './machine.ts';

/**
 * Shows that a machine of each kind does what the scenarios rely on: `npx tsx test/rig/machines/prove.ts`, or with a
 * setting and a release. Ends with an error where one does not.
 */
const userData = `#cloud-config
write_files:
  - path: /etc/systemd/system/proof.service
    permissions: "0644"
    content: |
      [Service]
      Type=oneshot
      RemainAfterExit=yes
      ExecStart=/bin/sh -c 'echo "proof: on $(uname -n), boot $(cat /proc/sys/kernel/random/boot_id)"'
      StandardOutput=journal+console
      [Install]
      WantedBy=multi-user.target
runcmd:
  - systemctl daemon-reload
  - systemctl enable --now --no-block proof.service
`;

const said = /\]: proof: on proof-1, boot (\S+)/;
const patience = { deadlineMs: 180_000 };

async function prove(setting: Setting, release: Release): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'flexgen-prove-'));
  const forward = { hostAddress: '127.0.1.1', hostPort: await freePort(), guestPort: 10_250 };
  const what = `${setting} ${release}`;
  {
    await using machine = await timed(`${what}: power on`, () =>
      bootMachine(setting, { name: 'proof-1', release, userData, dir, forwards: [forward] }),
    );
    const first = await timed(`${what}: power on to the first line of a unit`, () =>
      machine.waitForConsole(said, patience),
    );
    await timed(`${what}: cloud-init to its end`, () =>
      machine.exec('cloud-init status --wait', { deadlineMs: 300_000 }),
    );
    await checkExec(machine);
    await checkHostLoopback(machine);
    await must(machine, 'echo kept >/root/kept; sync');
    await timed(`${what}: power cut`, () => machine.powerCut());
    assert(!machine.running(), 'a cut machine is off');
    await timed(`${what}: power on`, () => machine.boot());
    const second = await timed(`${what}: to the line again`, () => machine.waitForConsole(said, patience));
    assert(second[1] !== first[1], 'another boot');
    assert((await must(machine, 'cat /root/kept')) === 'kept\n', 'what was synced is kept');
    await timed(`${what}: reboot`, () => machine.reboot(patience));
    const third = await timed(`${what}: to the line again`, () => machine.waitForConsole(said, patience));
    assert(third[1] !== second[1], 'a third boot');
    await timed(`${what}: power off`, () => machine.powerOff(patience));
    await timed(`${what}: tree`, () => machine.extractTree(join(dir, 'extracted')));
    assert((await readFile(join(dir, 'extracted/root/kept'), 'utf8')) === 'kept\n', 'the tree holds it');
    assert(!existsSync(join(dir, 'extracted/proc/1')), 'the tree is the disk alone');
  }
  await rm(dir, { recursive: true });
}

async function checkExec(machine: Machine): Promise<void> {
  const result = await machine.exec('printf out; printf err >&2; cat; exit 7');
  assert(result.exitCode === 7 && result.stdout === 'out' && result.stderr === 'err', JSON.stringify(result));
  assert((await must(machine, 'seq 100000')).length === 588_895, 'a long output comes whole');
  await must(machine, 'systemctl is-active systemd-networkd proof');
}

async function checkHostLoopback(machine: Machine): Promise<void> {
  const server = createServer((socket) => socket.end('hello\n')).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const heard = await must(machine, `read -r word </dev/tcp/10.0.2.2/${port}; echo "$word"`);
  server.close();
  assert(heard === 'hello\n', '10.0.2.2 is the loopback of the host');
}

async function must(machine: Machine, script: string): Promise<string> {
  const { exitCode, stdout, stderr } = await machine.exec(script);
  assert(exitCode === 0, `${script}: exit code ${exitCode}\n${stdout}${stderr}`);
  return stdout;
}

function assert(holds: boolean, what: string): void {
  if (!holds) throw new Error(`does not hold: ${what}`);
}

const settings: readonly Setting[] = ['namespaces', 'qemu'];
const releases: readonly Release[] = ['debian-13', 'debian-12'];
const chosen = process.argv.slice(2);
for (const setting of settings) {
  for (const release of releases) {
    if (chosen.every((word) => word === setting || word === release)) await prove(setting, release);
  }
}
say('all of it holds');
