import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { execute, program } from '../cli/run.ts';
import type { Outcome } from '../cli/run.ts';
import { patchStatus, readyCondition } from './cluster-nodes.ts';
import { startClusterSite } from './cluster-site.ts';
import type { ClusterSite } from './cluster-site.ts';
import { requestFor, requestObject, signed } from './privilege/certificate.ts';
import { freePort } from './services/processes.ts';
import { binding, bootstrapGroup, group } from './services/rbac.ts';
import { versions } from './services/versions.ts';
import { whileWaiting } from './waiting.ts';

// One API server for all tests; each has nodes of its own, which are made by hand.
let dir: string;
let site: ClusterSite;

before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'flexgen-wait-'));
  site = await startClusterSite(dir);
  // Who joins with a token may ask; whether that is approved, each test says.
  await site.controlPlane.apply(binding('asks', 'system:node-bootstrapper', [group(bootstrapGroup)]));
});

after(async () => {
  await site.controlPlane.stop();
  await rm(dir, { recursive: true, force: true });
});

const wait = (args: string): Promise<Outcome> =>
  execute(process.execPath, [program, 'wait', ...args.split(' ')], {
    cwd: site.dir,
    env: { KUBECONFIG: site.controlPlane.kubeconfig },
  });

/** The same with what differs from run to run taken out. */
async function waited(args: string): Promise<Outcome> {
  const { kubeconfig } = site.controlPlane;
  return await whileWaiting(args.split(' '), { cwd: site.dir, kubeconfig, seconds: 60 });
}

const tokenUser = 'system:bootstrap:abcdef';

/** Asks for a certificate as a kubelet does that joins with a bootstrap token. */
async function asks(node: string, name: string): Promise<void> {
  const groups = [bootstrapGroup, 'system:authenticated'].map((one) => `--as-group=${one}`).join(' ');
  const request = requestObject(name, await requestFor(node));
  await site.kubectl(`create --as=${tokenUser} ${groups} -f -`, request);
}

interface NodeState {
  readonly ready: boolean;
  readonly message?: string;
  readonly kubelet?: string;
  readonly taints?: readonly object[];
}

/** Makes the node, or changes it, to what its kubelet would say. */
async function registers(
  name: string,
  { ready, message = '', kubelet = versions.kubernetes, taints = [] }: NodeState,
) {
  await site.controlPlane.apply({ apiVersion: 'v1', kind: 'Node', metadata: { name }, spec: { taints } });
  const status = {
    conditions: [readyCondition(ready, message)],
    addresses: [{ type: 'InternalIP', address: '10.8.0.7' }],
    nodeInfo: { kubeletVersion: `v${kubelet}` },
  };
  await patchStatus(site.controlPlane, ['node', name], status);
}

const look = (node: string): Promise<Outcome> => waited(`${node} --config token.yaml --timeout 0`);

const more = '`flexgen-node status` and `flexgen-node logs` on the machine say more';

test('a machine of which the cluster has heard nothing', async () => {
  assert.deepEqual(await look('quiet'), {
    exitCode: 5,
    stdout: 'quiet N s  waits for the machine to ask for its certificate: it boots, downloads and installs\n',
    stderr: [
      'error: quiet has not asked for its certificate: it did not get so far, can’t reach the API server (network, DNS, clock), or is refused',
      `  its serial console says how far it is, \`flexgen cluster plan\` whether it may ask at all; ${more}`,
      'rig: quiet is not Ready (N s)\n',
    ].join('\n'),
  });
});

test('a machine whose token is gone is not waited for', async () => {
  const lookAtEdge = (): Promise<Outcome> => waited('--config edge-1.yaml --timeout 0');
  assert.equal(
    (await lookAtEdge()).stderr,
    [
      'error: edge-1 can’t ask for its certificate: the bootstrap token that was made for it has expired, or was deleted',
      '  render again with `flexgen cloud-init`, which makes a new one, and boot the machine with that',
      'rig: edge-1 is not Ready (N s)\n',
    ].join('\n'),
  );
  await site.cluster('apply --config edge-1.yaml');
  assert.match((await lookAtEdge()).stderr, /^error: edge-1 has not asked for its certificate/);
  await site.cluster('remove --config edge-1.yaml');
});

test('a request that nobody approves', async () => {
  await asks('alone', 'csr-alone');
  assert.deepEqual(await look('alone'), {
    exitCode: 5,
    stdout: `alone N s  asked for its certificate: csr-alone of ${tokenUser} waits to be approved\n`,
    stderr: [
      `error: alone asked with csr-alone, which nobody approves: neither ${tokenUser} nor a group of it is bound to ClusterRole system:certificates.k8s.io:certificatesigningrequests:nodeclient`,
      '  `flexgen cluster apply` binds it, and the cluster approves by itself; `kubectl certificate approve csr-alone` approves this one',
      'rig: alone is not Ready (N s)\n',
    ].join('\n'),
  });
});

test('a request that somebody denies ends the wait', async () => {
  await asks('unwanted', 'csr-unwanted');
  await site.kubectl('certificate deny csr-unwanted');
  const { exitCode, stdout, stderr } = await waited('unwanted --config token.yaml');
  assert.deepEqual(
    [exitCode, stdout, stderr.split('\n')[0]],
    [
      5,
      `unwanted N s  csr-unwanted of ${tokenUser} was denied\n`,
      'error: unwanted asked with csr-unwanted, which was denied: This CSR was denied by kubectl certificate deny.',
    ],
  );
});

test('a machine that has its certificate and does not register', async () => {
  await site.cluster('apply --config token.yaml');
  await asks('mute', 'csr-mute');
  await signed(site.controlPlane, 'csr-mute');
  const { exitCode, stdout, stderr } = await look('mute');
  assert.deepEqual(
    [exitCode, stdout, stderr.split('\n')[0]],
    [
      5,
      `mute N s  has its certificate (csr-mute of ${tokenUser}); kubelet is about to register it\n`,
      'error: mute has its certificate, and its kubelet does not register it',
    ],
  );
  assert.match(
    stderr,
    /its certificate is valid from 20\d\d-.*Z: a clock behind that refuses it \(`timedatectl`\)\n/,
  );
  await site.cluster('remove --config token.yaml');
});

const noNetwork =
  'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized';

test('a node without a CNI, and one whose CNI’s pod does not start', async () => {
  const tainted = { key: 'dedicated', value: 'edge', effect: 'NoSchedule' };
  await registers('bare', { ready: false, message: noNetwork, taints: [tainted] });
  assert.deepEqual(await look('bare'), {
    exitCode: 5,
    stdout: `bare N s  is registered (kubelet ${versions.kubernetes}, 10.8.0.7), not Ready: ${noNetwork}\n`,
    stderr: [
      'error: bare has no pod network: no CNI has written its configuration there, and none of a DaemonSet’s pods that could is on it',
      '  look whether the CNI’s DaemonSet is there, selects this node and tolerates dedicated: `kubectl get daemonsets -A`',
      'rig: bare is not Ready (N s)\n',
    ].join('\n'),
  });
  await site.controlPlane.apply({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'cni-7x', namespace: 'kube-system' },
    spec: { nodeName: 'bare', hostNetwork: true, containers: [{ name: 'cni', image: 'cni' }] },
  });
  const waiting = {
    name: 'cni',
    image: 'cni',
    imageID: '',
    ready: false,
    restartCount: 0,
    state: { waiting: { reason: 'ImagePullBackOff' } },
  };
  await patchStatus(site.controlPlane, ['pod', 'cni-7x', '-n', 'kube-system'], {
    containerStatuses: [waiting],
  });
  assert.match(
    (await look('bare')).stderr,
    /^error: bare has no pod network: .*; on it are kube-system\/cni-7x \(ImagePullBackOff\)\n {2}look at the one/,
  );
});

test('nodes that are Ready, with what is wrong with them all the same', async () => {
  await registers('fine', { ready: true });
  assert.deepEqual(await look('fine'), {
    exitCode: 0,
    stdout: `fine N s  is Ready (kubelet ${versions.kubernetes}, 10.8.0.7)\n`,
    stderr: 'rig: fine is Ready (N s)\n',
  });
  await registers('newer', { ready: true, kubelet: '1.99.0' });
  await site.controlPlane.apply({
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name: 'newer', namespace: 'kube-node-lease' },
    spec: {
      holderIdentity: 'newer',
      renewTime: new Date(Date.now() + 600_000).toISOString().replace('Z', '000Z'),
    },
  });
  const { exitCode, stderr } = await look('newer');
  assert.equal(exitCode, 5);
  assert.match(
    stderr,
    new RegExp(
      `^warning: newer runs kubelet 1.99.0, which is newer than the API server ${versions.kubernetes}\n`,
    ),
  );
  assert.match(stderr, /\nwarning: newer has a clock that is N s ahead of the API server’s\n/);
  assert.match(stderr, /\nerror: newer was Ready, and its kubelet renews no lease/);
});

test('several nodes, for programs', async () => {
  const { exitCode, stdout, stderr } = await wait('fine bare --config token.yaml --timeout 0 --json');
  assert.equal(exitCode, 5);
  assert.match(stderr, /^error: bare has no pod network/);
  interface NodeReport {
    readonly ready: boolean;
    readonly stage: string;
    readonly reason: { readonly code: string } | null;
    readonly node: { readonly conditions: readonly { readonly since: string }[] };
    readonly events: readonly object[];
  }
  const { nodes, ...rest }: { nodes: NodeReport[] } = JSON.parse(stdout);
  const server = `https://127.0.0.1:${site.controlPlane.port}`;
  assert.deepEqual(rest, { cluster: 'rig', server, ready: false, seconds: 0 });
  const [fine, bare] = nodes;
  const since = fine?.node.conditions[0]?.since;
  const ready = { type: 'Ready', status: 'True', reason: 'KubeletReady', message: '', since };
  assert.deepEqual(
    { ...fine, events: [] },
    {
      name: 'fine',
      ready: true,
      stage: 'done',
      seconds: 0,
      reason: null,
      warnings: [],
      request: null,
      node: {
        kubelet: versions.kubernetes,
        addresses: ['10.8.0.7'],
        podCIDR: '',
        taints: [],
        conditions: [ready],
      },
      events: [],
    },
  );
  assert.deepEqual([bare?.ready, bare?.stage, bare?.reason?.code], [false, 'ready', 'join/no-cni']);
});

test('a fleet: of many nodes, all are read at once', async () => {
  const names = ['fine', 'bare', ...['1', '2', '3', '4', '5'].map((number) => `unit-${number}`)];
  const token: object = JSON.parse(await readFile(join(site.dir, 'token.yaml'), 'utf8'));
  const config = { ...token, nodes: names.map((name) => ({ name })) };
  await writeFile(join(site.dir, 'fleet.yaml'), JSON.stringify(config));
  const { exitCode, stdout } = await wait('--config fleet.yaml --timeout 0 --json');
  const { nodes }: { nodes: readonly { name: string; stage: string }[] } = JSON.parse(stdout);
  assert.equal(exitCode, 5);
  assert.deepEqual(
    nodes.map(({ name, stage }) => [name, stage]),
    names.map((name) => [name, name === 'fine' ? 'done' : name === 'bare' ? 'ready' : 'request']),
  );
  const one = await waited('fine --config fleet.yaml --timeout 0');
  assert.deepEqual([one.exitCode, one.stderr], [0, 'rig: fine is Ready (N s)\n']);
});

test('a join as it happens', async () => {
  const { apply, kubeconfig } = site.controlPlane;
  const args = ['joins', '--config', 'token.yaml', '--timeout', '2m'];
  const outcome = await whileWaiting(args, { cwd: site.dir, kubeconfig, seconds: 60 }, async (says) => {
    await says('waits for the machine');
    await asks('joins', 'csr-joins');
    await says('waits to be approved');
    await site.kubectl('certificate approve csr-joins');
    await says('has its certificate');
    await registers('joins', { ready: false, message: 'container runtime is down' });
    await says('not Ready');
    await apply({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'joins.1', namespace: 'default' },
      involvedObject: { kind: 'Node', name: 'joins' },
      type: 'Warning',
      reason: 'ContainerGCFailed',
      message: 'no runtime \u001b[2J',
      lastTimestamp: '2026-11-01T00:00:00Z',
    });
    await says('ContainerGCFailed');
    await registers('joins', { ready: true });
  });
  const kubelet = `(kubelet ${versions.kubernetes}, 10.8.0.7)`;
  assert.deepEqual(outcome, {
    exitCode: 0,
    stdout: [
      'joins N s  waits for the machine to ask for its certificate: it boots, downloads and installs',
      `joins N s  asked for its certificate: csr-joins of ${tokenUser} waits to be approved`,
      `joins N s  has its certificate (csr-joins of ${tokenUser}); kubelet is about to register it`,
      `joins N s  is registered ${kubelet}, not Ready: container runtime is down`,
      'joins N s  event ContainerGCFailed: no runtime ␛[2J',
      `joins N s  is Ready ${kubelet}\n`,
    ].join('\n'),
    stderr: 'rig: joins is Ready (N s)\n',
  });
});

test('who may not list requests follows the nodes alone, and who may nothing is told so', async () => {
  await site.kubectl('create serviceaccount onlooker');
  const as = { token: (await site.kubectl('create token onlooker')).trim() };
  const kubeconfig = await site.kubeconfig('onlooker', as);
  const args = `fine --config token.yaml --timeout 0 --kubeconfig ${kubeconfig}`;
  const refused = await wait(args);
  assert.equal(refused.exitCode, 4);
  assert.match(refused.stderr, /^error: system:serviceaccount:default:onlooker may not get nodes \(403\)\n/);
  await site.kubectl('create clusterrole onlooker --verb=get --resource=nodes');
  await site.kubectl(
    'create clusterrolebinding onlooker --clusterrole=onlooker --serviceaccount=default:onlooker',
  );
  assert.equal((await wait(args)).exitCode, 0);
  assert.match(
    (await wait(args.replace('fine', 'absent'))).stdout,
    /^absent .* waits for the machine to register itself/,
  );
});

test('an API server that is not there', async () => {
  const kubeconfig = await site.kubeconfig(
    'gone',
    { token: 's3cret' },
    `https://127.0.0.1:${await freePort()}`,
  );
  const { exitCode, stdout, stderr } = await wait(`fine --config token.yaml --kubeconfig ${kubeconfig}`);
  assert.deepEqual([exitCode, stdout], [4, '']);
  assert.match(stderr, /^error: can’t use the API server at https:\S+: nothing listens there\n/);
});

test('who has joined loses its token where that is asked for, and who has not keeps it', async () => {
  for (const name of ['edge-1', 'edge-2']) await site.cluster(`apply --config ${name}.yaml`);
  await registers('edge-1', { ready: true });
  const secretOf = async (owner: string): Promise<string> =>
    `bootstrap-token-${(await site.tokenOf(owner)).id}`;
  const [one, two] = [await secretOf('edge-1'), await secretOf('edge-2')];
  const { exitCode, stdout } = await waited('edge-1 edge-2 --config edge-1.yaml --timeout 0 --revoke');
  assert.deepEqual([exitCode, stdout.split('\n').at(-2)], [5, `edge-1 N s  its token is revoked: ${one}`]);
  const tokens = 'get secrets -n kube-system --field-selector=type=bootstrap.kubernetes.io/token -o name';
  assert.equal(await site.kubectl(tokens), `secret/${two}\n`);
  await registers('edge-2', { ready: true });
  const last = await wait('edge-2 --config edge-2.yaml --timeout 0 --revoke --json');
  const { nodes }: { nodes: readonly { revoked: readonly string[] }[] } = JSON.parse(last.stdout);
  assert.deepEqual([last.exitCode, nodes[0]?.revoked], [0, [two]]);
  assert.equal((await waited('edge-2 --config edge-2.yaml --timeout 0 --revoke')).exitCode, 0);
  for (const name of ['edge-1', 'edge-2']) await site.cluster(`remove --config ${name}.yaml`);
});
