import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { aksServerApplication } from '../azure/server/applications.ts';
import type { Azure } from '../azure/server/azure.ts';
import { startAzure } from '../azure/server/start.ts';
import { execute, program } from '../cli/run.ts';
import { openWithToken } from '../../src/kubernetes/token-access.ts';
import { readTokens, tokenChange, tokenOf as tokenIn } from '../../src/kubernetes/tokens.ts';
import {
  minted,
  policyLines,
  principalBindings,
  proxyLines,
  secretLine,
  tokenBindings,
} from './cluster-lines.ts';
import { startClusterSite } from './cluster-site.ts';
import type { ClusterSite } from './cluster-site.ts';
import { requestFor, requestObject } from './privilege/certificate.ts';
import { atRest } from './services/objects.ts';
import { until } from './services/processes.ts';
import { operatorRbac } from './services/rbac.ts';
import { versions } from './services/versions.ts';

// One API server that takes the local Entra's tokens for all tests, each of which leaves every object as it found it.
let dir: string;
let azure: Azure;
let site: ClusterSite;
let untouched: Awaited<ReturnType<ClusterSite['objects']>>;

before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'flexgen-objects-'));
  azure = await startAzure();
  site = await startClusterSite(dir, azure.authenticationConfig);
  untouched = await atRest(site.objects);
  await site.writes();
});

after(async () => {
  await site.controlPlane.stop();
  await azure.stop();
  await rm(dir, { recursive: true, force: true });
});

/** Every object is what it was; what a controller has still to clear away gets the time to go. */
async function asBefore(): Promise<void> {
  let now: typeof untouched = {};
  const same = async (): Promise<boolean> => {
    now = await site.objects();
    return Object.keys(now).length <= Object.keys(untouched).length;
  };
  await until('the cluster as it was', same, { seconds: 60 });
  assert.deepEqual(now, untouched);
}

const kubectl: ClusterSite['kubectl'] = (args, input) => site.kubectl(args, input);

test('a bootstrap token is minted, used again, repaired, made anew where it is gone, and revoked', async () => {
  const plan = await site.cluster('plan --config edge-1.yaml');
  assert.deepEqual(plan, {
    exitCode: 0,
    stdout: minted('+') + secretLine('+', '<new>'),
    stderr: 'rig: 6 changes to make: `flexgen cluster apply`\n',
  });
  assert.deepEqual(await site.writes(), []);

  const applied = await site.cluster('apply --config edge-1.yaml');
  const { id, token } = await site.tokenOf('edge-1');
  assert.deepEqual(applied, {
    exitCode: 0,
    stdout: minted('+') + secretLine('+', id),
    stderr: 'rig: 6 changes made\n',
  });
  assert.equal((await site.writes()).at(-1), `patch bootstrap-token-${id} 201`);

  const again = await site.cluster('apply --config edge-1.yaml');
  assert.deepEqual(again, {
    exitCode: 0,
    stdout: minted('=') + secretLine('=', id),
    stderr: 'rig: has all that this config needs\n',
  });
  const json = await site.cluster('plan --config edge-1.yaml --check --json');
  assert.equal(json.exitCode, 0);
  assert.deepEqual(await site.writes(), []);
  for (const { stdout, stderr } of [applied, again, json]) {
    assert.doesNotMatch(stdout + stderr, new RegExp(token.slice(7)));
  }

  const name = `bootstrap-token-${id}`;
  const groups = Buffer.from('system:bootstrappers:eve').toString('base64');
  await kubectl(`patch secret ${name} -n kube-system -p {"data":{"auth-extra-groups":"${groups}"}}`);
  const tampered = await site.cluster('plan --config edge-1.yaml --check');
  assert.deepEqual(
    [tampered.exitCode, tampered.stdout],
    [5, `${minted('=')}${secretLine('~', id)}    ~ data.auth-extra-groups\n`],
  );
  await site.cluster('apply --config edge-1.yaml');
  assert.deepEqual(await site.writes(), [`patch ${name} 200`]);

  await kubectl(`delete secret ${name} -n kube-system`);
  const gone = await site.cluster('plan --config edge-1.yaml --check');
  assert.deepEqual([gone.exitCode, gone.stdout], [5, minted('=') + secretLine('+', '<new>')]);
  await site.cluster('apply --config edge-1.yaml');
  const renewed = await site.tokenOf('edge-1');
  assert.notEqual(renewed.id, id);

  assert.deepEqual(await site.cluster('remove --config edge-1.yaml'), {
    exitCode: 0,
    stdout: secretLine('-', renewed.id) + tokenBindings('-') + policyLines('-'),
    stderr: 'rig: 6 changes made\n',
  });
  await asBefore();
});

test('who holds a minted token can ask for a node’s certificate and nothing else, until it is revoked', async () => {
  await site.cluster('apply --config edge-1.yaml');
  const { token } = await site.tokenOf('edge-1');
  const joiner = await site.kubeconfig('joiner', { token });
  const asJoiner = (args: string): Promise<string> => kubectl(`--kubeconfig ${joiner} ${args}`);

  const manifest = requestObject('edge-1', await requestFor('edge-1'));
  await until(
    'the API server to know the token',
    async () => (await asJoiner('auth can-i create certificatesigningrequests').catch(String)) === 'yes\n',
    { seconds: 30 },
  );
  await kubectl(`--kubeconfig ${joiner} create -f -`, manifest);
  const issued = 'get csr edge-1 -o jsonpath={.status.certificate}';
  await until('the certificate', async () => (await kubectl(issued)) !== '', { seconds: 30 });
  for (const denied of ['get secrets -n kube-system', 'get nodes', 'get pods', 'get clusterrolebindings']) {
    await assert.rejects(asJoiner(denied), /Forbidden/);
  }
  await kubectl('delete csr edge-1');

  await site.cluster('remove --config edge-1.yaml');
  await until(
    'the API server to forget the token',
    async () => /Unauthorized|must be logged in/.test(await asJoiner('get csr').catch(String)),
    { seconds: 30 },
  );
  await asBefore();
});

test('each owner has a token, and the last of them takes the bindings back', async () => {
  await site.cluster('apply --config edge-1.yaml');
  const added = await site.cluster('apply --config edge-2.yaml');
  const [one, two] = [await site.tokenOf('edge-1'), await site.tokenOf('edge-2')];
  assert.equal(added.stdout, minted('=') + secretLine('+', two.id, '90 min'));
  assert.deepEqual(await site.cluster('remove --config edge-1.yaml'), {
    exitCode: 0,
    stdout: secretLine('-', one.id),
    stderr: [
      'warning: the bindings of bootstrap tokens stay: a token of another config lives\n',
      '  the last `flexgen cluster remove` takes them back; tokens that have expired do not count\n',
      'rig: 1 change made\n',
    ].join(''),
  });
  const last = await site.cluster('remove --config edge-2.yaml --json');
  assert.equal(last.exitCode, 0);
  const { changes } = JSON.parse(last.stdout) as { changes: { action: string; kind: string }[] };
  assert.deepEqual(
    changes.map(({ action, kind }) => `${action} ${kind}`),
    [
      'delete Secret',
      ...Array.from({ length: 3 }, () => 'delete ClusterRoleBinding'),
      'delete ValidatingAdmissionPolicyBinding',
      'delete ValidatingAdmissionPolicy',
    ],
  );
  await asBefore();
});

const node = (name: string, labels: object): object => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels: { 'kubernetes.io/os': 'linux', ...labels } },
});

test('kube-proxy runs on flexgen’s nodes alone, is repaired, and goes with the last config', async () => {
  const applied = await site.cluster('apply --config proxied.yaml');
  assert.equal(applied.stdout, principalBindings('+') + proxyLines('+'));
  await site.writes();
  const again = await site.cluster('apply --config proxied.yaml');
  assert.equal(again.stdout, principalBindings('=') + proxyLines('='));
  assert.deepEqual(await site.writes(), []);

  await site.controlPlane.apply(node('edge-1', { 'kubernetes.azure.com/managed': 'false' }));
  await site.controlPlane.apply(node('aks-1', { 'kubernetes.azure.com/cluster': 'rig' }));
  const scheduled =
    'get daemonset flexgen-kube-proxy -n kube-system -o jsonpath={.status.desiredNumberScheduled}';
  await until('a pod for the one node', async () => (await kubectl(scheduled)) === '1', { seconds: 30 });

  const map = 'configmap flexgen-kube-proxy -n kube-system';
  const right = await kubectl(`get ${map} -o jsonpath={.data.config\\.conf}`);
  const wrong = { data: { 'config.conf': right.replace('iptables', 'ipvs') } };
  await site.controlPlane.kubectl(['patch', ...map.split(' '), '-p', JSON.stringify(wrong)]);
  await kubectl(`set image daemonset/flexgen-kube-proxy -n kube-system kube-proxy=example.com/eve:1`);
  const tampered = await site.cluster('plan --config proxied.yaml --check');
  const image = 'spec.template.spec.containers[kube-proxy].image';
  assert.equal(tampered.exitCode, 5);
  assert.equal(
    tampered.stdout,
    principalBindings('=') +
      proxyLines('==~~').replace(
        /(~ daemonset)/,
        '    - data["config.conf"]: mode: ipvs\n    + data["config.conf"]: mode: iptables\n$1',
      ) +
      `    - ${image}: example.com/eve:1\n    + ${image}: registry.k8s.io/kube-proxy:v${versions.kubernetes}\n`,
  );
  await site.writes();
  await site.cluster('apply --config proxied.yaml');
  assert.deepEqual(await site.writes(), ['patch flexgen-kube-proxy 200', 'patch flexgen-kube-proxy 200']);
  assert.equal((await site.cluster('plan --config proxied.yaml --check')).exitCode, 0);

  await site.cluster('apply --config proxied-token.yaml');
  assert.equal(
    (await site.cluster('remove --config proxied.yaml')).stdout,
    principalBindings('-').replace(/-[^-]*selfnode.*\n/, ''),
  );
  assert.equal((await site.cluster('plan --config proxied-token.yaml --check')).exitCode, 0);
  const removed = await site.cluster('remove --config proxied-token.yaml');
  const renewal = /- clusterrolebinding flexgen:selfnodeclient .*\n/;
  const [renews = ''] = renewal.exec(tokenBindings('-')) ?? [];
  assert.deepEqual(
    removed.stdout.split('\n').toSorted(),
    (proxyLines('-') + tokenBindings('-').replace(renews, '')).split('\n').toSorted(),
  );
  assert.match(
    removed.stderr,
    /^warning: clusterrolebinding flexgen:selfnodeclient stays: a node of flexgen’s renews its certificate with it\n/,
  );
  await kubectl('delete node edge-1 aks-1');
  assert.equal((await site.cluster('remove --config proxied-token.yaml')).stdout, renews);
  // Nobody runs on that node who could say that its pod has ended.
  await kubectl('delete pods --all -n kube-system --force --grace-period=0');
  await asBefore();
});

test('the RuntimeClass of NVIDIA cards is made once, is nobody else’s to lose, and goes with the last config', async () => {
  const line = (mark: string): string => `${mark} runtimeclass nvidia\n`;
  assert.equal((await site.cluster('apply --config nvidia.yaml')).stdout, principalBindings('+') + line('+'));
  await site.writes();
  assert.equal((await site.cluster('apply --config nvidia.yaml')).stdout, principalBindings('=') + line('='));
  assert.deepEqual(await site.writes(), []);
  assert.equal(await kubectl('get runtimeclass nvidia -o jsonpath={.handler}'), 'nvidia');
  const removed = await site.cluster('remove --config nvidia.yaml');
  assert.deepEqual(
    removed.stdout.split('\n').toSorted(),
    (principalBindings('-') + line('-')).split('\n').toSorted(),
  );
  await asBefore();

  const theirs = (handler: string): object => ({
    apiVersion: 'node.k8s.io/v1',
    kind: 'RuntimeClass',
    metadata: { name: 'nvidia' },
    handler,
  });
  await site.controlPlane.apply(theirs('other'));
  const refused = await site.cluster('apply --config nvidia.yaml');
  assert.equal(refused.exitCode, 4);
  assert.match(
    refused.stderr,
    /runtimeclass nvidia is there with other contents, and flexgen has not made it/,
  );
  await kubectl('delete runtimeclass nvidia');
  await site.controlPlane.apply(theirs('nvidia'));
  const good = await site.cluster('apply --config nvidia.yaml');
  assert.equal(
    good.stdout,
    `${principalBindings('+')}${line('=').trim()}  (as wanted, not made by flexgen)\n`,
  );
  assert.doesNotMatch((await site.cluster('remove --config nvidia.yaml')).stdout, /runtimeclass/);
  await kubectl('delete runtimeclass nvidia');
  await asBefore();
});

/** flexgen as who is signed in to `az`: without a kubeconfig, a kubectl or a kubelogin. */
const asOperator = (args: string) =>
  execute(process.execPath, [program, 'cluster', ...args.split(' ')], {
    cwd: site.dir,
    env: { PATH: `${azure.commandLines.dir}:/usr/bin:/bin`, HOME: dir },
  });

test('the operator’s own sign-in is enough where the cluster takes Entra’s tokens', async () => {
  const { caPem, port } = site.controlPlane;
  const server = `https://127.0.0.1:${port}`;
  azure.setCluster({
    server,
    caPem,
    kubernetesVersion: versions.kubernetes,
    currentKubernetesVersion: versions.kubernetes,
  });
  const { endpoint, authorityHost, caFile, credentials } = azure;
  const config = {
    apiVersion: 'flexgen/v1',
    cluster: { resourceId: azure.resourceId },
    auth: { mode: 'bootstrap-token' },
    network: { mode: 'external' },
    azure: { endpoints: { resourceManager: endpoint, authority: authorityHost, ca: { file: caFile } } },
  };
  await writeFile(join(site.dir, 'aks.yaml'), JSON.stringify(config));
  const refused = await asOperator('plan --config aks.yaml');
  assert.deepEqual([refused.exitCode, refused.stdout], [4, '']);
  assert.match(
    refused.stderr,
    new RegExp(
      `^error: ${credentials.userObjectId} may not \\w+ \\w+.* \\(403\\)\\n  with Azure RBAC you need the role “Azure Kubernetes Service RBAC Cluster Admin” .* ClusterRole cluster-admin\\n$`,
    ),
  );

  await site.controlPlane.apply(operatorRbac(credentials.userObjectId));
  const applied = await asOperator('apply --config aks.yaml');
  assert.equal(applied.exitCode, 0, applied.stderr);
  const { id, token } = await site.tokenOf('shared');
  assert.equal(applied.stdout, minted('+') + secretLine('+', id));
  const forTheApiServer = azure.commandLines.runs.filter((line) => line.includes(aksServerApplication));
  assert.equal(forTheApiServer.length, 2);
  // A kubeconfig that is named comes first, and `az` is asked about the cluster alone.
  const runs = azure.commandLines.runs.length;
  const named = await asOperator(`plan --config aks.yaml --kubeconfig ${site.controlPlane.kubeconfig}`);
  assert.deepEqual([named.exitCode, named.stdout], [0, minted('=') + secretLine('=', id)]);
  assert.equal(azure.commandLines.runs.length, runs + 1);

  const access = { server, ca: caPem, userAgent: 'test', tenantId: credentials.tenantId };
  const wish = { owner: 'shared', group: null, ttlSeconds: 86_400 };
  await assert.rejects(readTokens(openWithToken({ ...access, token: 's3cret' })), {
    message: 'the API server does not accept this sign-in: it is wrong or has expired (401)',
    hint: `your sign-in may be of another tenant than the cluster’s, ${credentials.tenantId}: \`az login --tenant ${credentials.tenantId}\`, or set \`azure.tenantId\``,
  });
  const admin = (await kubectl('create token default -n kube-system')).trim();
  await kubectl(
    'create clusterrolebinding helper --clusterrole=cluster-admin --serviceaccount=kube-system:default',
  );
  const kept = tokenChange(await readTokens(openWithToken({ ...access, token: admin })), wish, new Date());
  assert.deepEqual([kept.action, tokenIn([kept])], ['keep', token]);

  assert.equal((await asOperator('remove --config aks.yaml')).exitCode, 0);
  await kubectl('delete clusterrolebinding helper rig:operator');
  await asBefore();
  assert.deepEqual(azure.violations, []);
});
