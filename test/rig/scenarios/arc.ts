import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { becomesReady, fails, isDone, on, patience, runsAPod } from '../expect.ts';
import { agentSection } from '../node-auth.ts';
import type { Scenario, Stage } from '../scenario.ts';

const fast = [{ setting: 'namespaces', release: 'debian-13' }] as const;
const arc = { auth: 'arc', cluster: 'resource-id' } as const;

/** What the agent refused to do on a machine, by its codes. */
const refusedCodes = 'cut -d" " -f1 /var/opt/azcmagent/log/refused.log';

/** The machine of that name in Azure. */
const machineOf = ({ site }: Stage, nodeName: string) => {
  const machine = site.azure.machines.all().find(({ name }) => name === nodeName);
  assert.ok(machine !== undefined);
  return machine;
};

export const arcTaken: Scenario = {
  name: 'an Arc machine that was made anew by somebody else is not taken over',
  runs: fast,
  async play(stage) {
    const node = await stage.boot(arc);
    const machine = machineOf(stage, node.nodeName);
    stage.site.azure.machines.change(machine.id, { vmId: randomUUID() });
    await fails(stage, node, /FAILED at identity \(46\): azcmagent: AZCM0044: VmIdMismatch/);
    assert.equal(machineOf(stage, node.nodeName).status, 'Disconnected');
  },
};

const elsewhere = '/subscriptions/S/resourceGroups/G/providers/Microsoft.HybridCompute/machines/golden-image';

export const arcElsewhere: Scenario = {
  name: 'an agent that an image has brought connected is named with its machine, and joins once it is let go',
  runs: fast,
  async play(stage) {
    const state = JSON.stringify({ resourceId: elsewhere, vmId: randomUUID() });
    const folder = '/var/opt/azcmagent';
    const script = `test -e ${folder} || { mkdir -p ${folder}; printf %s "$1" >${folder}/agentconfig.json; }`;
    const bootcmd = [['sh', '-c', script, 'sh', state]];
    const node = await stage.boot({ ...arc, userData: `#cloud-config\n${JSON.stringify({ bootcmd })}\n` });
    const line = await fails(
      stage,
      node,
      /FAILED at identity \(47\): connected already as .*golden-image — run `azcmagent disconnect --force-local-only`/,
    );
    assert.ok(line.includes(elsewhere), line);
    await on(node, 'azcmagent disconnect --force-local-only');
    await node.machine.waitForConsole(/is Ready in rig/, patience(stage, 120));
    await isDone(stage, node);
    assert.equal(machineOf(stage, node.nodeName).status, 'Connected');
  },
};

/** The service's first start fails, as where its machine is short of memory or its port is taken. */
const failingOnce = [
  '[Service]',
  'Restart=no',
  "ExecStartPre=+/bin/sh -c 'test -e /run/himds-once || { touch /run/himds-once; exit 1; }'",
  '',
].join('\n');

export const himdsDown: Scenario = {
  name: 'an agent whose service is down is started again, and joins',
  runs: fast,
  async play(stage) {
    const folder = '/etc/systemd/system/himdsd.service.d';
    const bootcmd = [
      ['sh', '-c', `mkdir -p ${folder}; printf %s "$1" >${folder}/once.conf`, 'sh', failingOnce],
    ];
    const node = await stage.boot({ ...arc, userData: `#cloud-config\n${JSON.stringify({ bootcmd })}\n` });
    await becomesReady(stage, node);
    await isDone(stage, node);
    assert.equal(await on(node, refusedCodes), 'AZCM0070');
  },
};

export const strangeKey: Scenario = {
  name: "an apt repository signed by another key than the config's is not used",
  runs: fast,
  async play(stage) {
    const keyFingerprint = 'BC528686B50D79E339D3721CEB3E94ADBE1229CF';
    const agent = { ...agentSection(stage.site, stage.release), keyFingerprint };
    const node = await stage.boot({ ...arc, config: { auth: { agent } } });
    const { fingerprint } = stage.site.agent;
    await fails(
      stage,
      node,
      new RegExp(`FAILED at packages \\(17\\): .* holds ${fingerprint}, not ${keyFingerprint}`),
    );
    assert.equal(await on(node, 'command -v azcmagent || true'), '');
  },
};

export const arcPackage: Scenario = {
  name: "Arc's agent is installed from the mirror by the lock file's digest",
  runs: [{ setting: 'namespaces', release: 'debian-12' }],
  async play(stage) {
    const { agent, artifacts } = stage.site;
    const { locked } = agent;
    const lock = JSON.stringify({ lockVersion: 1, artifacts: [...artifacts.artifacts, locked] });
    const node = await stage.boot({ ...arc, lock });
    await becomesReady(stage, node);
    await isDone(stage, node);
    await runsAPod(stage, node);
    assert.equal(await on(node, "dpkg-query -Wf '${Version}' azcmagent"), locked.version);
    assert.equal(await on(node, 'ls /etc/flexgen/agent.list 2>/dev/null || true'), '');
    assert.equal(await on(node, refusedCodes), '');
  },
};
