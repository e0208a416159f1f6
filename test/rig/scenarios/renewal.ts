import assert from 'node:assert/strict';
import { join } from 'node:path';
import { becomesReady, isDone, on, runsAPod } from '../expect.ts';
import { onStage } from '../scenario.ts';
import { heartbeat } from '../life.ts';
import type { BootedNode, Scenario, Stage } from '../scenario.ts';
import { buildBinaries } from '../services/binaries.ts';
import { startControlPlane } from '../services/control-plane.ts';
import type { ControlPlane } from '../services/control-plane.ts';
import { clusterPodCidr } from '../site.ts';
import type { Workstation } from '../workstation.ts';
import { until } from '../services/processes.ts';

/** The kubelet renews at 70 to 90 % of it, which leaves an approver on a busy machine six seconds. */
const life = '60s';

/** When the certificate that the kubelet uses ends, in seconds since the epoch. */
const endOfCertificate = async (node: BootedNode): Promise<number> =>
  Number(
    await on(
      node,
      'date +%s -d "$(openssl x509 -noout -enddate -in /var/lib/kubelet/pki/kubelet-client-current.pem | cut -d= -f2)"',
    ),
  );

/** What asked for certificates and got an answer, oldest first. */
async function requestors({ audit }: ControlPlane): Promise<readonly string[]> {
  const events = await audit();
  return events
    .filter(
      ({ verb, resource, status }) =>
        verb === 'create' && resource === 'certificatesigningrequests' && status === 201,
    )
    .map(({ user }) => user);
}

async function renewsTwice(stage: Stage): Promise<void> {
  const { controlPlane } = stage.site;
  const { kubectl } = controlPlane;
  const node = await stage.boot({ auth: 'minted' });
  const { nodeName } = node;
  await becomesReady(stage, node);
  await isDone(stage, node);
  const tokens = ['--field-selector=type=bootstrap.kubernetes.io/token', '-n', 'kube-system'];
  await kubectl(['delete', 'secrets', ...tokens]);
  const ends = [await endOfCertificate(node)];
  const deadline = { seconds: 120 * stage.patience };
  for (const count of [1, 2]) {
    const renewed = async (): Promise<boolean> => (await endOfCertificate(node)) > (ends.at(-1) ?? 0);
    await until(`renewal ${count}`, renewed, deadline);
    ends.push(await endOfCertificate(node));
  }
  // Once it has one it asks with that: there is nothing else to ask with.
  const asked = await requestors(controlPlane);
  const renewing = asked.filter((user) => user === `system:node:${nodeName}`);
  assert.ok(renewing.length >= 2);
  assert.deepEqual(asked.slice(-renewing.length), renewing);
  for (const user of asked.slice(0, -renewing.length)) assert.match(user, /^system:bootstrap:/);
  // Whoever had only the first two certificates would be silent by now.
  await until(
    'a heartbeat after the second certificate',
    async () => (await heartbeat(stage, node)) > (ends[1] ?? 0),
    deadline,
  );
  const ready = ['wait', `node/${nodeName}`, '--for=condition=Ready', '--timeout=60s'];
  await kubectl(ready);
  await runsAPod(stage, node);
  // No kubelet was started anew for it.
  assert.equal(await on(node, 'systemctl show -p NRestarts --value kubelet'), '0');
}

export const renewal: Scenario = {
  name: 'a node renews its certificate twice under a signer of short-lived ones, its token long gone',
  runs: [{ setting: 'namespaces', release: 'debian-13' }],
  async play(stage) {
    const controlPlane = await startControlPlane({
      dir: join(stage.dir, 'control-plane'),
      binaries: await buildBinaries(),
      clusterCidr: clusterPodCidr,
      clusterSigningDuration: life,
    });
    try {
      const flexgen: Workstation['flexgen'] = (args, more) =>
        stage.site.workstation.flexgen([...args, '--kubeconfig', controlPlane.kubeconfig], more);
      const site = { ...stage.site, controlPlane, workstation: { ...stage.site.workstation, flexgen } };
      await onStage(stage, site, stage.dir, renewsTwice);
    } finally {
      await controlPlane.stop();
    }
  },
};
