import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { nowhere } from '../../secrets/on-machine.ts';
import type { Seen } from '../../secrets/on-machine.ts';
import { becomesReady, fails, isDone, on, patience } from '../expect.ts';
import type { Scenario } from '../scenario.ts';
import { secretsOn } from '../secrets.ts';

const fast = [{ setting: 'namespaces', release: 'debian-13' }] as const;

/** What puts a canary into each place, as a shell script, and where it is found then. */
const plants: readonly (readonly [(canary: string) => string, Partial<Seen>])[] = [
  [(canary) => `/bin/true ${canary}`, { arguments: ['true'] }],
  [(canary) => `PLANTED=${canary} /bin/true`, { environment: ['true'] }],
  [(canary) => `echo ${canary} | systemd-cat -t planted`, { journal: true }],
  [(canary) => `echo ${canary} >/dev/console`, { console: true }],
  [(canary) => `echo ${canary} >/run/planted`, { memory: true }],
  [(canary) => `echo ${canary} | base64 >/opt/planted`, { files: ['opt/planted'] }],
  [(canary) => `echo ${canary} | gzip >/opt/planted.gz`, { files: ['opt/planted.gz'] }],
];

const planted: Scenario = {
  name: 'what is planted on a machine is found where it is, and the user-data that planted it is forgotten',
  runs: fast,
  async play(stage) {
    const all = plants.map(([plant, seen]) => ({ canary: randomBytes(12).toString('hex'), plant, seen }));
    const bootcmd = all.map(({ canary, plant }) => plant(canary));
    const node = await stage.boot(
      { userData: `#cloud-config\n${JSON.stringify({ bootcmd })}\n` },
      { trace: join(stage.dir, 'programs') },
    );
    await becomesReady(stage, node);
    await isDone(stage, node);
    const secrets = Object.fromEntries(all.map(({ canary }) => [canary, canary]));
    const found = await secretsOn(stage, node, secrets);
    for (const { canary, plant, seen } of all)
      assert.deepEqual([plant(canary), found.get(canary)], [plant(canary), { ...nowhere, ...seen }]);
  },
};

/** Where the kernel of these machines puts the memory of a program that crashes: its folder, which is the root for units. */
const dumps = 'ls /core* 2>/dev/null || true';

const crash: Scenario = {
  name: 'a join that crashes with its token leaves no image of its memory, and joins all the same',
  runs: fast,
  async play(stage) {
    const node = await stage.boot();
    await node.machine.waitForConsole(/flexgen: identity done/, patience(stage, 60));
    await on(node, 'systemctl kill --signal=ABRT flexgen');
    // Until it is tried again.
    await on(node, 'until systemctl show -P SubState flexgen | grep -q auto-restart; do sleep 0.2; done');
    assert.equal(await on(node, 'systemctl show -P Result flexgen'), 'signal');
    assert.equal(await on(node, dumps), '');
    // That says something: any other unit can leave one there.
    await on(node, `systemd-run -q --wait -p LimitCORE=infinity sh -c 'kill -ABRT 0' || true`);
    assert.match(await on(node, dumps), /core/);
    await on(node, 'rm /core*');
    await fails(stage, node, /FAILED at \w+ \(9\): killed by SIGABRT/);
    await node.machine.waitForConsole(/is Ready in rig/, patience(stage, 120));
    await isDone(stage, node);
  },
};

export const secretScenarios: readonly Scenario[] = [planted, crash];
