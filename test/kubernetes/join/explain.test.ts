import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiServer } from '../../../src/kubernetes/api-server.ts';
import { explain, flaws } from '../../../src/kubernetes/join/explain.ts';
import { seenNode } from '../../../src/kubernetes/join/node.ts';
import type { NodeRequest } from '../../../src/kubernetes/join/request.ts';
import type { Stage, Standing } from '../../../src/kubernetes/join/stage.ts';
import { ClusterRefused } from '../../../src/kubernetes/refused.ts';

/** A cluster that has these lists, by what their paths hold; without one, it lets nobody see. */
function apiWith(lists: Readonly<Record<string, readonly object[]>>): ApiServer {
  return {
    server: 'https://a',
    time: () => null,
    async call({ path }) {
      const items = Object.entries(lists).find(([part]) => path.includes(part))?.[1];
      if (items === undefined) throw new ClusterRefused('no', '', 403);
      return { items };
    },
  };
}

const request: NodeRequest = {
  name: 'csr-1',
  node: 'edge',
  requestor: 'ann',
  groups: ['crew'],
  created: 0,
  state: 'pending',
  message: '',
  validFrom: null,
};

const network = 'container runtime network not ready: cni plugin not initialized';

function nodeWith(ready: object, spec: object = {}, kubeletVersion = 'v1.36.4') {
  const status = { conditions: [{ type: 'Ready', status: 'False', ...ready }], nodeInfo: { kubeletVersion } };
  return seenNode({ metadata: { name: 'edge' }, spec, status });
}

const standing = (stage: Stage, more: Partial<Standing> = {}): Standing => ({
  name: 'edge',
  stage,
  request: null,
  node: null,
  pulse: null,
  seesRequests: true,
  ...more,
});

async function why(
  at: Standing,
  lists: Parameters<typeof apiWith>[0] = {},
  networkMode = 'external',
): Promise<string> {
  const background = { api: apiWith(lists), version: '1.36.4', networkMode, mintsTokenFor: () => true };
  return (await explain(at, background))?.what ?? 'nothing is known';
}

const role = 'system:certificates.k8s.io:certificatesigningrequests';
const bound = (name: string, subject: object) => ({ roleRef: { name }, subjects: [subject] });

test('why nobody approves, as far as the operator may see', async () => {
  const at = standing('approval', { request });
  const bindings = (...list: object[]) => ({ clusterrolebindings: list });
  const start = 'asked with csr-1, which nobody approves';
  assert.equal(await why(at), start);
  const unbound = `${start}: neither ann nor a group of it is bound to ClusterRole ${role}:nodeclient`;
  assert.equal(await why(at, bindings()), unbound);
  assert.equal(await why(at, bindings(bound('view', { kind: 'User', name: 'ann' }))), unbound);
  assert.equal(await why(at, bindings(bound(`${role}:nodeclient`, { kind: 'User', name: 'crew' }))), unbound);
  const isBound = `${start}, though ann is bound to what the cluster approves by itself`;
  for (const subject of [
    { kind: 'User', name: 'ann' },
    { kind: 'Group', name: 'crew' },
  ])
    assert.equal(await why(at, bindings(bound(`${role}:nodeclient`, subject))), isBound);
  const renewal = standing('approval', { request: { ...request, requestor: 'system:node:edge' } });
  assert.match(await why(renewal, bindings()), /bound to ClusterRole \S+:selfnodeclient$/);
});

test('why nothing is heard, signed or registered', async () => {
  const token =
    'can’t ask for its certificate: the bootstrap token that was made for it has expired, or was deleted';
  assert.equal(await why(standing('request'), { secrets: [] }), token);
  for (const lists of [{ secrets: [{}] }, {}])
    assert.equal(await why(standing('request'), lists), 'nothing is known');
  const signing = (state: 'approved' | 'failed') =>
    why(standing('signature', { request: { ...request, state, message: 'BadKey' } }));
  assert.equal(await signing('approved'), 'asked with csr-1, which is approved, and nothing signs it');
  assert.equal(await signing('failed'), 'asked with csr-1, which could not be signed: BadKey');
});

test('why a node is not ready', async () => {
  const at = (ready: object, spec?: object) => standing('ready', { node: nodeWith(ready, spec) });
  assert.equal(await why(at({ message: 'PLEG is not healthy' })), 'is not Ready: PLEG is not healthy');
  assert.match(
    await why(at({ status: 'Unknown', lastTransitionTime: 'noon' })),
    /^has said nothing since noon:/,
  );
  const noNetwork = 'has no pod network: no CNI has written its configuration there';
  assert.equal(await why(at({ message: network })), noNetwork);
  assert.equal(await why(at({ message: network }), {}, 'bridge'), noNetwork);
  assert.match(await why(at({ message: network }), {}, 'node-cidr'), /the cluster has given it no podCIDR$/);
  const given = { podCIDR: '10.244.1.0/24' };
  assert.equal(await why(at({ message: network }, given), {}, 'node-cidr'), noNetwork);
  const pods = [
    { metadata: { namespace: 'web', name: 'shop' }, spec: {}, status: { phase: 'Pending' } },
    {
      metadata: { namespace: 'kube-system', name: 'cni-1' },
      spec: { hostNetwork: true },
      status: { phase: 'Running' },
    },
  ];
  assert.equal(
    await why(at({ message: network }), { pods }),
    `${noNetwork}; on it are kube-system/cni-1 (Running)`,
  );
});

test('what is wrong with a node that is there', () => {
  const background = {
    api: apiWith({}),
    version: '1.36.4',
    networkMode: 'bridge',
    mintsTokenFor: () => false,
  };
  const found = (more: Partial<Standing>) =>
    flaws(standing('done', more), background).map(({ code }) => code);
  const kubelet = (version: string) => ({ node: nodeWith({}, {}, version) });
  for (const fine of ['v1.36.9', 'v1.33.0', '', 'v1.36.4-rc.1']) assert.deepEqual(found(kubelet(fine)), []);
  for (const wrong of ['v1.37.0', 'v1.32.9']) assert.deepEqual(found(kubelet(wrong)), ['join/version-skew']);
  const pulse = { version: '1', seen: 0, alive: true, ahead: -90_000 };
  const taints = [{ key: 'node.cloudprovider.kubernetes.io/uninitialized' }];
  assert.deepEqual(found({ pulse, node: nodeWith({}, { taints, unschedulable: true }) }), [
    'join/clock',
    'join/uninitialized',
    'join/cordoned',
  ]);
});
