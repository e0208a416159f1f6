import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { execute, program } from '../cli/run.ts';
import type { Outcome } from '../cli/run.ts';
import { policyLines, secretLine, tokenBindings } from './cluster-lines.ts';
import { daemonLabel, daemonOn, makeNode, makeOwners, makePod } from './cluster-nodes.ts';
import { startClusterSite } from './cluster-site.ts';
import type { ClusterSite } from './cluster-site.ts';
import { whileWaiting } from './waiting.ts';

// One API server for all tests, each of which leaves it as it found it. No machine stands behind its nodes.
let dir: string;
let site: ClusterSite;
let untouched: object;

before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'flexgen-reset-'));
  // Nobody renews its nodes' leases.
  site = await startClusterSite(dir, undefined, '24h');
  await makeOwners(site.controlPlane);
  untouched = await objects();
  await site.writes();
});

after(async () => {
  await site.controlPlane.stop();
  await rm(dir, { recursive: true, force: true });
});

afterEach(async () => {
  assert.deepEqual(await objects(), untouched);
  await site.writes();
});

/** All but the generation that a controller has seen. */
async function objects(): Promise<object> {
  return Object.fromEntries(
    Object.entries(await site.objects()).filter(([name]) => !/^(ControllerRevision|DaemonSet) /.test(name)),
  );
}

const reset = (args: string, kubeconfig = site.controlPlane.kubeconfig): Promise<Outcome> =>
  execute(process.execPath, [program, 'reset', ...args.split(' ')], {
    cwd: site.dir,
    env: { KUBECONFIG: kubeconfig },
  });

/** The writes of flexgen's; but its questions what it may do, which are none. */
const writes = async (): Promise<readonly string[]> =>
  (await site.writes()).filter((write) => write !== 'create  201');

const line = 'sudo flexgen-node reset --yes\n';
const certificate =
  'its machine still has a certificate of the cluster’s, good until it expires: a kubelet that starts again makes its node anew; to end that, run there:\n';

const without = (text: string): string =>
  text
    .replaceAll(/bootstrap-token-[a-z0-9]{6}/g, 'bootstrap-token-ID')
    .replaceAll(/expires in \d+ h/g, 'expires in N h');

test('a dry run, a reset, a reset again: and the cluster is as it was', async () => {
  const { controlPlane } = site;
  await site.cluster('apply --config edge-1.yaml');
  await makeNode(controlPlane, 'edge-1');
  await makePod(controlPlane, 'edge-1', 'web');
  await makePod(controlPlane, 'edge-1', 'scratch', { emptyDir: true });
  await site.kubectl(`label node edge-1 ${daemonLabel}`);
  const daemon = await daemonOn(controlPlane, 'edge-1');
  await site.writes();
  const pods = [
    `= pod default/${daemon}  of a DaemonSet: goes with the node\n`,
    '- pod default/scratch  its emptyDir is lost\n',
    '- pod default/web\n',
  ];
  const cordoned = '~ node edge-1  nothing new is scheduled on it\n';
  const made = secretLine('-', 'ID', 'N h') + tokenBindings('-') + policyLines('-');
  const rest = `${made}- node edge-1\n- lease kube-node-lease/edge-1\n`;
  const warning = 'warning: pods of edge-1 have data in an emptyDir, which is lost: default/scratch\n';
  const planned = await reset('--config edge-1.yaml --dry-run');
  assert.deepEqual(
    { ...planned, stdout: without(planned.stdout) },
    { exitCode: 0, stdout: cordoned + pods.join('') + rest, stderr: `${warning}rig: 11 changes to make\n` },
  );
  assert.deepEqual(await writes(), []);

  const done = await reset('--config edge-1.yaml');
  assert.deepEqual(
    { ...done, stderr: without(done.stderr) },
    {
      exitCode: 0,
      stdout: line,
      stderr: `${warning}${cordoned}${pods.join('')}${rest}rig: edge-1 is out, 11 changes made\n${certificate}`,
    },
  );
  const [first, ...rests] = (await writes()).map((write) => without(write));
  assert.equal(first, 'patch edge-1 200');
  assert.deepEqual(rests.slice(0, 2), ['create scratch 201', 'create web 201']);
  assert.deepEqual(rests.slice(-2), ['delete edge-1 200', 'delete edge-1 200']);

  assert.deepEqual(await reset('edge-1 --config edge-1.yaml'), {
    exitCode: 0,
    stdout: line,
    stderr: `rig: edge-1 is out, nothing was left to do\n${certificate}`,
  });
  assert.deepEqual(await writes(), []);
  await site.kubectl(`delete pod ${daemon} --force --ignore-not-found`);
});

test('a disruption budget is honoured: what it protects stays, and the node with it, until it lets go', async () => {
  const { controlPlane } = site;
  await site.cluster('apply --config edge-1.yaml');
  await makeNode(controlPlane, 'edge-1');
  await makePod(controlPlane, 'edge-1', 'web');
  await controlPlane.apply({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'one-web' },
    spec: { minAvailable: 1, selector: { matchLabels: { app: 'web' } } },
  });
  await site.kubectl('wait pdb/one-web --for=jsonpath={.status.currentHealthy}=1 --timeout=60s');
  const why =
    "edge-1 waits for pod default/web: Cannot evict pod as it would violate the pod's disruption budget. The disruption budget one-web needs 1 healthy pods and has 1 currently\n";
  const refused = await reset('--config edge-1.yaml --timeout 0');
  assert.deepEqual(refused, {
    exitCode: 4,
    stdout: '',
    stderr: `~ node edge-1  nothing new is scheduled on it
warning: ${why}error: ${why.replace('waits for', 'still has').trimEnd()}
  it stays cordoned, and nothing of it was removed; run it again, or \`kubectl uncordon edge-1\`
rig: no node is out; edge-1 is left
`,
  });
  // The second run finds it cordoned, and goes on as soon as it may.
  const { kubeconfig } = controlPlane;
  const waited = await whileWaiting(
    ['--config', 'edge-1.yaml'],
    { command: 'reset', cwd: site.dir, kubeconfig, seconds: 60 },
    async (says) => {
      await says('waits for pod default/web');
      await site.kubectl('delete pdb one-web');
    },
  );
  assert.equal(waited.exitCode, 0, waited.stderr);
  assert.equal(waited.stdout, line);
  assert.match(waited.stderr, /^warning: edge-1 waits for .*\n- pod default\/web\n- secret /);
});

test('pods that nothing makes anew, and pods of a machine that is off, end with --force alone', async () => {
  const { controlPlane } = site;
  await makeNode(controlPlane, 'edge-1');
  await makePod(controlPlane, 'edge-1', 'alone', { isBare: true });
  await site.writes();
  const bare = await reset('--config edge-1.yaml');
  assert.deepEqual(bare, {
    exitCode: 4,
    stdout: '',
    stderr:
      'error: nothing makes these pods of edge-1 anew: default/alone\n  move them yourself, or end them with `--force`\n',
  });
  await makeNode(controlPlane, 'edge-1', { ready: false });
  const dead = await reset('--config edge-1.yaml');
  assert.deepEqual(dead, {
    exitCode: 4,
    stdout: '',
    stderr:
      'error: edge-1 is not Ready, so nobody there can end its pods: default/alone\n  bring it back; or, where the machine is off for good, `--force` ends them without it (the machine is off)\n',
  });
  assert.deepEqual(await writes(), []);
  const forced = await reset('--config edge-1.yaml --force');
  assert.equal(forced.exitCode, 0, forced.stderr);
  assert.match(forced.stderr, /\n- pod default\/alone {2}nothing makes it anew\n/);
});

test('a node that flexgen did not make, or that its config does not have, is left alone', async () => {
  const { controlPlane } = site;
  await makeNode(controlPlane, 'aks-pool-1', { labels: {} });
  const cloud = await reset('aks-pool-1 --config token.yaml');
  assert.deepEqual(cloud, {
    exitCode: 4,
    stdout: '',
    stderr: `error: node aks-pool-1 is none that flexgen made: it lacks the label kubernetes.azure.com/managed=false
  if it is one, \`kubectl label node aks-pool-1 kubernetes.azure.com/managed=false\`
`,
  });
  assert.deepEqual(await reset('edge-7 --config edge-1.yaml'), {
    exitCode: 2,
    stdout: '',
    stderr: `error: edge-7 is no node of edge-1.yaml
  what was made for a node, its own config knows: name that with \`--config\`, a fleet’s table with \`--nodes\`
`,
  });
  assert.deepEqual(await writes(), []);
  await site.kubectl('delete node aks-pool-1');
});

test('what other nodes need stays: their tokens, how they renew, and an identity that they may share', async () => {
  const { controlPlane } = site;
  await site.cluster('apply --config edge-2.yaml');
  await site.cluster('apply --config always.yaml');
  const shared = await objects();
  await site.cluster('apply --config edge-1.yaml');
  await makeNode(controlPlane, 'edge-1');
  await makeNode(controlPlane, 'edge-2');
  const first = await reset('--config edge-1.yaml');
  assert.equal(first.exitCode, 0, first.stderr);
  assert.match(first.stderr, /warning: the bindings of bootstrap tokens stay/);
  await site.kubectl('delete node edge-2 --wait');
  assert.deepEqual(await objects(), shared);

  await makeNode(controlPlane, 'edge-3');
  await makeNode(controlPlane, 'edge-2');
  const kept = await reset('edge-3 --config always.yaml');
  assert.equal(kept.exitCode, 0, kept.stderr);
  assert.match(
    kept.stderr,
    /\n= identity service-principal [0-9a-f-]{36} {2}others may sign in as it: edge-2\n/,
  );
  assert.match(kept.stderr, /its machine still has what it signs in with; to end that, run there:\n$/);
  await site.kubectl('delete node edge-2 --wait');
  assert.deepEqual(await objects(), shared);
  await site.cluster('remove --config edge-2.yaml');
  await site.cluster('remove --config always.yaml');
});

test('each right that the operator lacks is named, and nothing is done', async () => {
  const { controlPlane } = site;
  await makeNode(controlPlane, 'edge-1');
  await site.cluster('apply --config edge-1.yaml');
  await site.kubectl('create serviceaccount viewer');
  const grant = (rules: readonly object[]): Promise<void> =>
    controlPlane.apply({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'viewer' },
      rules,
    });
  const rule = (apiGroups: string, resources: string, ...verbs: string[]): object => ({
    apiGroups: [apiGroups],
    resources: [resources],
    verbs,
  });
  await grant([rule('', 'nodes', 'get', 'list')]);
  await site.kubectl('create clusterrolebinding viewer --clusterrole=viewer --serviceaccount=default:viewer');
  const token = (await site.kubectl('create token viewer')).trim();
  const user = await site.kubeconfig('viewer', { token });
  await site.writes();
  const named = ({ exitCode, stdout, stderr }: Outcome): readonly string[] => {
    assert.deepEqual([exitCode, stdout], [4, '']);
    return stderr.split('\n').filter((text) => text.startsWith('error:'));
  };
  assert.deepEqual(named(await reset('--config edge-1.yaml --force', user)), [
    'error: you may not patch nodes; nothing was changed',
    'error: you may not delete nodes; nothing was changed',
    'error: you may not list pods; nothing was changed',
    'error: you may not create pods/eviction; nothing was changed',
    'error: you may not delete pods; nothing was changed',
  ]);
  const rbac = 'rbac.authorization.k8s.io';
  await grant([
    rule('', 'nodes', 'get', 'list', 'patch', 'delete'),
    rule('', 'pods', 'list'),
    rule('', 'pods/eviction', 'create'),
    rule(rbac, 'clusterrolebindings', 'list'),
    rule('', 'secrets', 'list'),
  ]);
  assert.deepEqual(named(await reset('--config edge-1.yaml', user)), [
    'error: you may not delete secrets in kube-system; nothing was changed',
    'error: you may not delete clusterrolebindings; nothing was changed',
  ]);
  assert.deepEqual(await writes(), []);
  await site.kubectl('delete clusterrolebinding,clusterrole,serviceaccount viewer --ignore-not-found');
  const done = await reset('--config edge-1.yaml --json');
  assert.equal(done.exitCode, 0, done.stderr);
  const report = JSON.parse(done.stdout) as {
    out: string[];
    left: string[];
    machine: string;
    changes: { kind: string }[];
  };
  assert.deepEqual(
    [report.out, report.left, report.machine, report.changes.map(({ kind }) => kind)],
    [
      ['edge-1'],
      [],
      line.trim(),
      [
        'node',
        'Secret',
        'ClusterRoleBinding',
        'ClusterRoleBinding',
        'ClusterRoleBinding',
        'ValidatingAdmissionPolicyBinding',
        'ValidatingAdmissionPolicy',
        'node',
        'lease',
      ],
    ],
  );
});
