import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clusterId, groupId, subscription } from './identity-lines.ts';
import { command, preflightSite, utf8 } from './preflight-site.ts';
import type { Site } from './preflight-site.ts';

/** The user of the fake `az`. */
const whoami = ({ azure: { credentials } }: Site): string =>
  `operator@edge.example, object id ${credentials.userObjectId}, tenant ${credentials.tenantId}`;

const entra = ({ azure }: Site): string => new URL(azure.authorityHost).host;

/** The bytes of the payload and their share of the limit. */
async function payloadOf({ run }: Site): Promise<string> {
  const { stderr } = await run(['validate', '-c', 'edge.yaml']);
  const [, bytes = ''] = /user-data of ([\d,]+) bytes/.exec(stderr) ?? [];
  const share = Math.ceil((Number(bytes.replace(',', '')) / 16_384) * 100);
  return `${bytes} bytes, ${share} % of the 16,384 that every provider takes`;
}

test('a good set-up', async (t) => {
  const site = await preflightSite(t);
  const { azure, mirror, api } = site;
  const payload = await payloadOf(site);
  const before = azure.requests.length;
  const runs = azure.commandLines.runs.length;
  assert.deepEqual(await site.run(command, utf8), {
    code: 0,
    stdout: `✓ config        edge.yaml is valid and suits aks1
✓ sign-in       ${whoami(site)}
✓ subscription  Edge (${subscription}) is enabled
✓ providers     registered: Microsoft.ContainerService
✓ permissions   managedClusters/read, managedClusters/listClusterUserCredential/action on aks1
✓ cluster       aks1 runs Kubernetes 1.36.4
✓ versions      kubelet 1.36.4 and containerd 2.3.4 for a cluster that runs 1.36.4
✓ payload       ${payload}
✓ api-server    ${api.url} answers (401)
✓ artifacts     7 downloads are there on ${mirror.url}, each with its sha256
✓ identity      the API server knows the token
✓ bindings      all 3 are there
✓ clock         this machine is within 5 minutes of ${entra(site)}
`,
    stderr: 'edge.yaml: nothing stands in the way\n',
  });
  // Nothing is created, and everybody is asked once.
  assert.deepEqual(
    azure.requests
      .slice(before)
      .map(({ method, path }) => `${method} ${path.replace(clusterId, 'aks1')}`)
      .toSorted(),
    [
      'GET /common/v2.0/.well-known/openid-configuration',
      `GET /subscriptions/${subscription}`,
      `GET /subscriptions/${subscription}/providers/Microsoft.ContainerService`,
      `GET ${groupId.replace('resourceGroups', 'resourcegroups')}/providers/Microsoft.ContainerService//managedClusters/aks1/providers/Microsoft.Authorization/permissions`,
      'GET aks1',
      'POST aks1/listClusterUserCredential',
    ],
  );
  // One token for Azure, one for the cluster.
  assert.equal(azure.commandLines.runs.length - runs, 2);
  assert.deepEqual(new Set(mirror.requests.map((line) => line.split(' ')[0])), new Set(['HEAD']));
});

test('a bad set-up: each thing with why it matters and what mends it', async (t) => {
  const site = await preflightSite(t);
  const { azure, mirror, api } = site;
  await site.configure({ auth: { mode: 'arc' } });
  const payload = await payloadOf(site);
  azure.setProvider('Microsoft.HybridCompute', 'NotRegistered');
  azure.setProvider('Microsoft.HybridConnectivity', 'Registering');
  azure.forbid('Microsoft.Authorization/roleAssignments/write');
  azure.setClockSkew(600);
  mirror.lose('/kubelet', '/runc.amd64');
  const { userObjectId } = azure.credentials;
  const register = `az provider register --namespace Microsoft.Hybrid`;
  assert.deepEqual(await site.run(command, utf8), {
    code: 5,
    stdout: `✓ config        edge.yaml is valid and suits aks1
✓ sign-in       ${whoami(site)}
✓ subscription  Edge (${subscription}) is enabled
✓ providers     registered: Microsoft.ContainerService, Microsoft.GuestConfiguration
✗ providers     Microsoft.HybridCompute is not registered
                why: Azure refuses the resources of a provider for which the subscription is not registered
                fix: \`${register}Compute --subscription ${subscription}\`
✗ providers     Microsoft.HybridConnectivity is still being registered
                fix: \`${register}Connectivity --subscription ${subscription} --wait\` waits for it
✓ permissions   managedClusters/read, managedClusters/listClusterUserCredential/action on aks1
✗ permissions   may not do Microsoft.Authorization/roleAssignments/write on aks1; the role Role Based Access Control Administrator allows it
                why: who is signed in must be allowed it, or Azure refuses, perhaps with an identity half made
                fix: \`az role assignment create --assignee ${userObjectId} --role "Role Based Access Control Administrator" --scope ${clusterId}\`
✓ permissions   machines/read, machines/write on resource group rg-edge
✓ cluster       aks1 runs Kubernetes 1.36.4
✓ versions      kubelet 1.36.4 and containerd 2.3.4 for a cluster that runs 1.36.4
✓ payload       ${payload}
✓ api-server    ${api.url} answers (401)
✗ artifacts     2 of 7 downloads can’t be had on ${mirror.url}
                why: the machine downloads them at its first boot, and installs nothing that has not the right digest
                fix: put it on the mirror (\`flexgen bundle\` makes one), under its upstream URL without \`https://\`
✗ artifacts     runc (amd64): ${mirror.url}/github.com/opencontainers/runc/releases/download/v1.4.3/runc.amd64 answers 404
✗ artifacts     kubelet (amd64): ${mirror.url}/dl.k8s.io/release/v1.36.4/bin/linux/amd64/kubelet answers 404
? identity      not known: it needs \`providers\`
                why: the machine joins with it at its first boot, where nobody sees why it is refused
? bindings      not known: it needs \`providers\`
                why: without them the machine’s request for a certificate is refused, or nobody approves it
✗ clock         this machine is 10 minutes behind ${entra(site)}
                why: tokens and certificates are refused by who has another time; the machine’s own clock must be right too
                fix: set it: \`sudo timedatectl set-ntp true\` on Linux
`,
    stderr: 'edge.yaml: 7 failed, 2 not known\n',
  });
});

test('nobody is signed in', async (t) => {
  const site = await preflightSite(t);
  site.azure.commandLines.signIn(false);
  const { code, stdout, stderr } = await site.run(command, utf8);
  assert.deepEqual([code, stderr], [5, 'edge.yaml: 1 failed, 10 not known\n']);
  assert.equal(
    stdout,
    `✓ config        edge.yaml is valid
✗ sign-in       nobody is signed in to Azure
                why: flexgen reads the cluster, and makes identities and roles, as who is signed in
                fix: run \`az login\` (or \`azd auth login\`), or say in \`azure.signIn\` who asks; with \`cluster.facts\` nobody is needed
? subscription  not known: it needs \`sign-in\`
                why: the cluster and the machines of Azure Arc are in one
? providers     not known: it needs \`sign-in\`
                why: Azure refuses the resources of a provider for which the subscription is not registered
? permissions   not known: it needs \`sign-in\`
                why: who is signed in must be allowed it, or Azure refuses, perhaps with an identity half made
? cluster       not known: it needs \`sign-in\`
                why: a machine can join only a cluster that runs, and flexgen reads from Azure how
? versions      not known: it needs \`cluster\`
                why: a kubelet newer than the API server or over three minors older is not supported, nor is every containerd
? payload       not known: it needs \`cluster\`
                why: a provider refuses user-data over its limit, or cuts it off
? api-server    not known: it needs \`cluster\`
                why: the machine joins through it; flexgen grants and makes tokens through it
? artifacts     not known: it needs \`cluster\`
                why: the machine downloads them at its first boot, and installs nothing that has not the right digest
? identity      not known: it needs \`api-server\`
                why: the machine joins with it at its first boot, where nobody sees why it is refused
? bindings      not known: it needs \`cluster\`
                why: without them the machine’s request for a certificate is refused, or nobody approves it
✓ clock         this machine is within 5 minutes of ${entra(site)}
`,
  );
});

test('a cluster that is stopped, for programs', async (t) => {
  const site = await preflightSite(t);
  site.azure.setCluster({ powerState: 'Stopped' });
  const { code, stdout, stderr } = await site.run([...command, '--json']);
  assert.deepEqual([code, stderr], [5, '']);
  const findings = JSON.parse(stdout) as { name: string; state: string; detail: string }[];
  assert.deepEqual(
    findings.map(({ name, state }) => `${name} ${state}`),
    [
      'config ok',
      'sign-in ok',
      'subscription ok',
      'providers ok',
      'permissions ok',
      'cluster failed',
      'versions unknown',
      'payload unknown',
      'api-server unknown',
      'artifacts unknown',
      'identity unknown',
      'bindings unknown',
      'clock ok',
    ],
  );
  assert.deepEqual(findings[5], {
    name: 'cluster',
    state: 'failed',
    detail: 'cluster aks1 is stopped',
    why: 'a machine can join only a cluster that runs, and flexgen reads from Azure how',
    remedy: 'start it: `az aks start --resource-group rg-edge --name aks1`',
  });
});

test('who may not read the cluster is told which role may', async (t) => {
  const site = await preflightSite(t);
  const { azure } = site;
  azure.forbid('Microsoft.ContainerService/managedClusters/listClusterUserCredential/action');
  const { code, stdout } = await site.run(command, utf8);
  assert.equal(code, 5);
  const role = 'Azure Kubernetes Service Cluster User Role';
  assert.ok(
    stdout.includes(`✗ permissions   may not do Microsoft.ContainerService/managedClusters/listClusterUserCredential/action on aks1; the role ${role} allows it
                why: who is signed in must be allowed it, or Azure refuses, perhaps with an identity half made
                fix: \`az role assignment create --assignee ${azure.credentials.userObjectId} --role "${role}" --scope ${clusterId}\`
? cluster       not known: it needs \`permissions\`
`),
    stdout,
  );
});

test('--offline asks nobody', async (t) => {
  const site = await preflightSite(t);
  const { code, stdout, stderr } = await site.run([...command, '--offline'], utf8);
  assert.deepEqual([code, stderr], [0, 'edge.yaml: nothing stands in the way, 2 not known\n']);
  assert.match(
    stdout,
    /^✓ config {4}edge\.yaml is valid\n\? versions {2}not known: with `--offline` a cluster can’t be read from Azure\n/,
  );
  assert.match(stdout, /^\? payload {3}not known: it needs `versions`$/m);
  assert.deepEqual([site.azure.requests, site.azure.commandLines.runs, site.mirror.requests], [[], [], []]);
});
