import assert from 'node:assert/strict';
import { askKubelet, becomesReady, isDone, on, runsAPod } from '../expect.ts';
import type { Scenario } from '../scenario.ts';
import { application } from '../../azure/server/applications.ts';

const fast = [{ setting: 'namespaces', release: 'debian-13' }] as const;

export const oneForAll: Scenario = {
  name: 'one payload for a scaling group: name from the host, architecture at boot, pod range from the cluster',
  runs: fast,
  async play(stage) {
    const node = await stage.boot({
      config: { node: { name: { from: 'hostname' }, arch: 'auto' }, network: { mode: 'node-cidr' } },
    });
    await becomesReady(stage, node);
    await isDone(stage, node);
    await runsAPod(stage, node);
    const given = await stage.site.controlPlane.kubectl([
      'get',
      'node',
      node.nodeName,
      '-o',
      'jsonpath={.spec.podCIDR}',
    ]);
    assert.ok((await on(node, 'cat /etc/cni/net.d/99-flexgen.conflist')).includes(given));
  },
};

export const credentialAlways: Scenario = {
  name: 'credentialUse: always signs every call with the service principal',
  runs: fast,
  async play(stage) {
    await stage.site.controlPlane.applyFlexgenRbac({ alwaysObjectIds: [application.objectId] });
    const before = await stage.site.controlPlane.audit();
    const node = await stage.boot({
      auth: 'service-principal',
      config: { auth: { credentialUse: 'always' } },
    });
    await becomesReady(stage, node);
    await isDone(stage, node);
    const events = await stage.site.controlPlane.audit();
    const heartbeats = events.filter((event) => event.name === node.nodeName && event.resource === 'leases');
    assert.ok(heartbeats.length > 0);
    for (const event of heartbeats) assert.equal(event.user, application.objectId);
    // It needs no certificate, so that the cluster lets it ask for none.
    const requests = events
      .slice(before.length)
      .filter(({ verb, resource }) => verb === 'create' && resource === 'certificatesigningrequests');
    assert.deepEqual(requests, []);
  },
};

export const settled: Scenario = {
  name: 'labels, taints, kubelet fields and machine-made settings arrive in the running kubelet',
  runs: [{ setting: 'namespaces', release: 'debian-12' }],
  async play(stage) {
    const node = await stage.boot({
      config: {
        node: {
          labels: { site: 'factory-7' },
          taints: ['dedicated=edge:NoSchedule'],
          maxPods: 20,
          ip: { cidr: '10.0.2.0/24' },
          kubelet: { podPidsLimit: 500 },
        },
      },
    });
    await becomesReady(stage, node);
    const { kubectl } = stage.site.controlPlane;
    const object = JSON.parse(await kubectl(['get', 'node', node.nodeName, '-o', 'json'])) as {
      metadata: { labels: Record<string, string> };
      spec: { taints?: { key: string; value?: string; effect: string }[] };
      status: { capacity: Record<string, string>; addresses: { type: string; address: string }[] };
    };
    assert.equal(object.metadata.labels['site'], 'factory-7');
    assert.equal(object.metadata.labels['kubernetes.azure.com/managed'], 'false');
    assert.deepEqual(
      object.spec.taints?.find(({ key }) => key === 'dedicated'),
      { key: 'dedicated', value: 'edge', effect: 'NoSchedule' },
    );
    assert.equal(object.status.capacity['pods'], '20');
    assert.match(
      object.status.addresses.find(({ type }) => type === 'InternalIP')?.address ?? '',
      /^10\.0\.2\./,
    );
    const { kubeletconfig } = (await askKubelet(stage, node, '/configz')) as {
      kubeletconfig: {
        podPidsLimit: number;
        kubeReserved: Record<string, string>;
        protectKernelDefaults: boolean;
      };
    };
    assert.equal(kubeletconfig.podPidsLimit, 500);
    assert.equal(kubeletconfig.protectKernelDefaults, true);
    assert.match(kubeletconfig.kubeReserved['cpu'] ?? '', /^\d+m$/);
    assert.equal(kubeletconfig.kubeReserved['memory'], '450Mi');
    const dump = await on(node, 'containerd config dump');
    assert.match(dump, /sandbox = 'mcr\.microsoft\.com\/oss\/v2\/kubernetes\/pause:3\.10\.2'/);
    assert.match(dump, /SystemdCgroup = true/);
  },
};
