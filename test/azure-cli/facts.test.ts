import assert from 'node:assert/strict';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseFacts } from '../../src/config/index.ts';
import { armScopes } from '../azure/server/clouds.ts';
import type { Cloud } from '../azure/server/clouds.ts';
import { certificate } from '../config/certificate.ts';
import { startGate } from './gate.ts';
import { asked, secretEnv, workstation } from './support.ts';

const facts = ['facts', '-c', 'edge.yaml'];
const both = ['GET aks1 200', 'POST listClusterUserCredential 200'];

const clouds: readonly Cloud[] = ['public', 'us-government', 'china'];

for (const cloud of clouds) {
  test(`facts of a cluster in the cloud ${cloud}`, async (t) => {
    const station = await workstation(t, { cloud });
    const { azure } = station;
    await station.configure({ azure: station.section({ cloud }) });
    const ca = azure.clusterCaPem.trimEnd().replaceAll('\n', '\n ');
    const expected = `# flexgen facts --resource-id ${azure.resourceId}
apiVersion: flexgen/v1
name: aks1
server: https://aks1-dns-x1y2z3w4.hcp.westeurope.azmk8s.io:443
kubernetesVersion: 1.36.4
clusterDNS: 10.0.0.10
clusterDomain: cluster.local
podCIDRs: 10.244.0.0/16
serviceCIDRs: 10.0.0.0/16
tenantId: ${azure.credentials.tenantId}
aks:
 resourceId: ${azure.resourceId}
 location: westeurope
 networkPlugin: azure
 networkPluginMode: overlay
 networkDataplane: azure
 privateCluster: false
 entra: true
 azureRBAC: false
 localAccountsDisabled: false
ca: |
 ${ca}
`;
    assert.deepEqual(await station.run(facts), { code: 0, stdout: expected, stderr: '' });
    assert.deepEqual(asked(azure).toSorted(), both);
    // As a service principal: the scope goes through Entra.
    assert.deepEqual(await station.run(facts, secretEnv(azure)), { code: 0, stdout: expected, stderr: '' });
    await station.configure();
    const again = await station.run([...facts, '--cloud', cloud]);
    assert.deepEqual(again, { code: 0, stdout: expected, stderr: '' });
    assert.match(azure.commandLines.runs.at(-1) ?? '', / --resource \S+/);
    assert.ok(azure.commandLines.runs.at(-1)?.includes(armScopes[cloud].replace('/.default', '')));
  });
}

test('a cloud of one’s own has an audience of its own', async (t) => {
  const station = await workstation(t, { scope: 'https://management.corp.example/.default' });
  const section = station.section()['endpoints'] as object;
  const endpoints = { ...section, audience: 'https://management.corp.example' };
  await station.configure({ azure: { endpoints } });
  assert.equal((await station.run(facts)).code, 0);
});

test('all that Azure may say, without the proxy’s password', async (t) => {
  const station = await workstation(t);
  station.azure.setCluster({
    fqdn: null,
    privateCluster: true,
    networkPlugin: 'none',
    networkPluginMode: null,
    networkDataplane: null,
    podCidrs: null,
    serviceCidrs: ['10.0.0.0/16', 'fd00::/108'],
    aadProfile: { managed: true, enableAzureRBAC: true },
    disableLocalAccounts: true,
    httpProxyConfig: {
      httpProxy: 'http://me:hunter2@proxy.corp:3128',
      httpsProxy: 'http://proxy.corp:3128',
      noProxy: ['.corp'],
    },
    customCATrustCertificates: [certificate, 'no certificate'],
  });
  const { stdout } = await station.run(facts);
  const parsed = parseFacts(stdout, 'f.yaml');
  assert.ok(parsed.ok);
  assert.deepEqual(parsed.value.serviceCIDRs, ['10.0.0.0/16', 'fd00::/108']);
  assert.deepEqual(parsed.value.podCIDRs, []);
  assert.deepEqual(parsed.value.aks, {
    resourceId: station.azure.resourceId,
    location: 'westeurope',
    networkPlugin: 'none',
    privateCluster: true,
    entra: true,
    azureRBAC: true,
    localAccountsDisabled: true,
    httpProxy: { http: 'http://proxy.corp:3128', https: 'http://proxy.corp:3128', noProxy: ['.corp'] },
    customCATrust: [certificate],
  });
  assert.ok(!stdout.includes('hunter2'));
});

test('both requests are made at the same time', async (t) => {
  const station = await workstation(t);
  const { azure } = station;
  const endpoints = station.section()['endpoints'] as object;
  const resourceManager = `https://127.0.0.1:${await startGate(t, Number(new URL(azure.endpoint).port), 2)}`;
  await station.configure({ azure: { endpoints: { ...endpoints, resourceManager } } });
  assert.equal((await station.run(facts)).code, 0);
  assert.deepEqual(asked(azure).toSorted(), both);
});

test('the case of an id does not matter, and the facts are the same', async (t) => {
  const station = await workstation(t);
  const right = await station.run(facts);
  const other = station.azure.resourceId.toUpperCase();
  assert.deepEqual(await station.run([...facts, '--resource-id', other]), right);
  assert.equal(right.code, 0);
});

test('a resource id alone needs no config', async (t) => {
  const station = await workstation(t);
  station.azure.commandLines.signIn(false);
  const { code, stderr } = await station.run(['facts', '--resource-id', station.azure.resourceId]);
  assert.deepEqual([code, stderr.split('\n')[0]], [4, 'error: nobody is signed in to Azure']);
});

test('what is no question for Azure', async (t) => {
  const station = await workstation(t);
  const wrong = await station.run(['facts', '--resource-id', '/subscriptions/x']);
  assert.deepEqual(
    [wrong.code, wrong.stderr.split('\n')[0]],
    [2, 'error: --resource-id: this is not the resource id of an AKS cluster'],
  );
  assert.equal((await station.run([...facts, '--cloud', 'mars'])).code, 2);
  await station.configure({ cluster: { facts: 'aks1.facts.yaml' } });
  const none = await station.run(facts);
  assert.deepEqual([none.code, none.stdout], [3, '']);
  assert.match(none.stderr, /^error: the config names no cluster of Azure\n --> edge\.yaml:3:14\n/);
  assert.deepEqual(station.azure.requests, []);
});

test('a render by resource id and one by its facts file have the same bytes', async (t) => {
  const station = await workstation(t);
  const { azure, dir } = station;
  const online = await station.run(['cloud-init', '-c', 'edge.yaml']);
  assert.deepEqual([online.code, online.stderr], [0, '']);
  assert.match(online.stdout, /^#cloud-config\n/);
  assert.deepEqual(await station.run(['cloud-init', '-c', 'edge.yaml']), online);
  assert.deepEqual(await station.run([...facts, '--out', 'aks1.facts.yaml']), {
    code: 0,
    stdout: '',
    stderr: '',
  });
  assert.equal((await stat(join(dir, 'aks1.facts.yaml'))).mode & 0o777, 0o600);
  // Who asks Azure, and how, is not looked at: neither the secret nor the file is there.
  await station.configure({
    cluster: { facts: 'aks1.facts.yaml' },
    azure: { endpoints: { ca: { file: 'nowhere' } } },
  });
  const before = azure.requests.length;
  assert.deepEqual(await station.run(['cloud-init', '-c', 'edge.yaml', '--offline']), online);
  assert.equal(azure.requests.length, before);
});

test('without a network mode the cluster’s plugin decides', async (t) => {
  const station = await workstation(t);
  await station.configure({ network: undefined });
  const { code, stderr } = await station.run(['cloud-init', '-c', 'edge.yaml']);
  assert.equal(code, 0);
  assert.equal(
    stderr,
    'warning: the cluster uses Azure CNI, which serves no machine outside Azure and may give its node no podCIDR\n  write `network: {mode: bridge, podCIDR: …}`, or `external` where a CNI DaemonSet of yours covers the node\n',
  );
  station.azure.setCluster({ networkPlugin: 'none', networkPluginMode: null, networkDataplane: null });
  const external = await station.run(['cloud-init', '-c', 'edge.yaml']);
  assert.deepEqual([external.code, external.stderr], [0, '']);
  assert.ok(!external.stdout.includes('conflist'));
});

test('--offline with a resource id says what to do, and asks nobody', async (t) => {
  const station = await workstation(t);
  for (const command of ['cloud-init', 'validate']) {
    const { code, stdout, stderr } = await station.run([command, '-c', 'edge.yaml', '--offline']);
    assert.deepEqual([code, stdout], [3, ''], command);
    assert.match(
      stderr,
      /^error: with `--offline` a cluster can’t be read from Azure\n --> edge\.yaml:4:19\n/,
    );
    assert.match(stderr, /= run `flexgen facts --out aks1\.facts\.yaml` once, and name that file:/);
  }
  assert.deepEqual([station.azure.requests, station.azure.commandLines.runs], [[], []]);
});

test('a mistake in a file is told before Azure is asked', async (t) => {
  const station = await workstation(t);
  await writeFile(join(station.dir, 'lock.json'), '{}');
  await station.configure({ artifacts: { lock: 'lock.json' } });
  assert.equal((await station.run(['cloud-init', '-c', 'edge.yaml'])).code, 3);
  await writeFile(join(station.dir, 'ca.pem'), 'no certificate');
  await station.configure({ azure: { endpoints: { ca: { file: 'ca.pem' } } } });
  const { code, stderr } = await station.run(facts);
  assert.equal(code, 3);
  assert.match(stderr, /^error: this is not a certificate in PEM\n/);
  assert.deepEqual([station.azure.requests, station.azure.commandLines.runs], [[], []]);
});

/** The files of flexgen that a run has loaded, as Node's own coverage lists them. */
async function loaded(
  run: (env: Record<string, string>) => Promise<unknown>,
  dir: string,
): Promise<string[]> {
  await run({ NODE_V8_COVERAGE: dir });
  const urls: string[] = [];
  for (const file of await readdir(dir)) {
    const report = JSON.parse(await readFile(join(dir, file), 'utf8')) as { result: { url: string }[] };
    urls.push(...report.result.map(({ url }) => url));
  }
  return urls.filter((url) => url.includes('/dist/'));
}

test('Azure’s SDKs are loaded where Azure is asked, and nowhere else', async (t) => {
  const station = await workstation(t);
  const isAzure = (url: string) => /\/chunks\/azure-[^/]*\.js$/.test(url);
  const online = await loaded((env) => station.run(facts, env), join(station.dir, 'online'));
  assert.equal(online.filter(isAzure).length, 1);
  assert.equal((await station.run([...facts, '-o', 'f.yaml'])).code, 0);
  await station.configure({ cluster: { facts: 'f.yaml' } });
  const runs = {
    help: ['--help'],
    render: ['cloud-init', '-c', 'edge.yaml'],
    validate: ['validate', '-c', 'edge.yaml'],
  };
  for (const [name, args] of Object.entries(runs)) {
    const files = await loaded((env) => station.run(args, env), join(station.dir, name));
    assert.ok(files.length > 0, name);
    assert.deepEqual(files.filter(isAzure), [], name);
    // Nor any other chunk that Azure alone needs.
    const texts = await Promise.all(files.map((url) => readFile(new URL(url), 'utf8')));
    assert.ok(!texts.some((text) => text.includes('login.microsoftonline.com/common')), name);
  }
});
