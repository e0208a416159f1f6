import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Azure, Cluster } from '../azure/server/azure.ts';
import { asked, secretEnv, workstation } from './support.ts';
import type { Workstation } from './support.ts';

const subscription = '3f9c5d1a-5a0c-4f57-9a55-0d1a86b6f0c2';
const id = `/subscriptions/${subscription}/resourceGroups/rg-edge/providers/Microsoft.ContainerService/managedClusters/aks1`;

/** With the id on the command line no line of the config is shown. */
async function facts({ run, azure }: Workstation) {
  const { code, stdout, stderr } = await run(
    ['facts', '-c', 'edge.yaml', '--resource-id', id],
    secretEnv(azure),
  );
  return { code, stdout: stdout === '' ? '' : 'facts', stderr };
}

const refused = (stderr: string) => ({ code: 4, stdout: '', stderr });
const both = ['GET aks1', 'POST listClusterUserCredential'];

const states: readonly (readonly [Partial<Cluster>, object])[] = [
  [
    { powerState: 'Stopped' },
    refused(
      'error: cluster aks1 is stopped\n  start it: `az aks start --resource-group rg-edge --name aks1`\n',
    ),
  ],
  [
    { powerState: 'Running', provisioningState: 'Failed' },
    refused(
      'error: the last change of cluster aks1 failed\n  `az aks update --resource-group rg-edge --name aks1` repairs most of them; the activity log says what went wrong\n',
    ),
  ],
  [
    { provisioningState: 'Creating' },
    refused(
      'error: cluster aks1 is still being created\n  `az aks wait --resource-group rg-edge --name aks1 --created` waits for it\n',
    ),
  ],
  [
    { provisioningState: 'Deleting' },
    refused(
      'error: cluster aks1 is being deleted\n  name another cluster: nothing can join this one any more\n',
    ),
  ],
  [
    { provisioningState: 'Updating' },
    {
      code: 0,
      stdout: 'facts',
      stderr:
        'warning: cluster aks1 is being changed (Updating)\n  its version and networks may be others in a while\n',
    },
  ],
  [
    { provisioningState: 'Succeeded', disableLocalAccounts: true },
    { code: 0, stdout: 'facts', stderr: '' },
  ],
  [
    { fqdn: null, privateCluster: true },
    {
      code: 0,
      stdout: 'facts',
      stderr:
        'warning: the cluster is private: its API server has no public address\n  the machine needs a way there (VPN, ExpressRoute) and must resolve its name\n',
    },
  ],
  [
    { dnsServiceIP: null, currentKubernetesVersion: null, kubernetesVersion: '1.36' },
    refused(
      [
        'error: Azure does not say which Kubernetes version runs\n',
        '\nerror: Azure does not say the address of the cluster’s DNS\n',
      ]
        .map(
          (message) =>
            `${message}  write a facts file by hand (\`cluster.facts\`), or give server, ca, kubernetesVersion and clusterDNS inline\n`,
        )
        .join(''),
    ),
  ],
  [
    { server: 'http://aks1.example' },
    refused(
      'error: the kubeconfig that Azure gives for the cluster names no https server\n  `az aks get-credentials --resource-group rg-edge --name aks1 --format exec --file -` shows it\n',
    ),
  ],
];

test('the states of a cluster are told apart', async (t) => {
  const station = await workstation(t);
  for (const [changes, expected] of states) {
    station.azure.setCluster(changes);
    assert.deepEqual(await facts(station), expected, JSON.stringify(changes));
  }
});

const role = 'Azure Kubernetes Service Cluster User Role';

/** The application's object id in the tenant. */
const who = '9a8b7c6d-5e4f-4031-a2b3-c4d5e6f70819';

const notAllowed = (action: string) =>
  `error: ${who} may not do ${action} on the cluster
  the role ${role} grants it: \`az role assignment create --assignee ${who} --role "${role}" --scope ${id}\`
`;

const read = 'Microsoft.ContainerService/managedClusters/read';
const list = 'Microsoft.ContainerService/managedClusters/listClusterUserCredential/action';

const shows = `\`az aks list --subscription ${subscription} --output table\` shows the clusters that there are`;

const refusals: Readonly<Record<string, readonly [(azure: Azure) => void, (azure: Azure) => string]>> = {
  'a cluster that is not there': [
    (azure) => azure.removeCluster(),
    () => `error: there is no cluster aks1 in resource group rg-edge\n  ${shows}\n`,
  ],
  'a resource group that is not there': [
    (azure) => azure.removeCluster('resourceGroup'),
    () => `error: there is no resource group rg-edge in subscription ${subscription}\n  ${shows}\n`,
  ],
  'a subscription that is not seen': [
    (azure) => azure.hideSubscription('notFound'),
    () =>
      `error: there is no subscription ${subscription}, or who is signed in may not see it\n  \`az account list --output table\` shows what you see; another tenant’s needs \`az login --tenant TENANT\`\n`,
  ],
  'a subscription of another tenant': [
    (azure) => azure.hideSubscription('otherTenant'),
    (azure) =>
      `error: the sign-in is of tenant ${azure.credentials.tenantId}, but the subscription is of tenant d5e6f708-192a-4b3c-8d4e-5f60718293a4\n  \`az login --tenant d5e6f708-192a-4b3c-8d4e-5f60718293a4\`, or set that tenantId in \`azure\`\n`,
  ],
  'who may not read the cluster': [(azure) => azure.forbid(read), () => notAllowed(read)],
  'who may not get its kubeconfig': [(azure) => azure.forbid(list), () => notAllowed(list)],
  'who may do neither': [
    (azure) => {
      azure.forbid(read);
      azure.forbid(list);
    },
    () => `${notAllowed(read)}\n${notAllowed(list)}`,
  ],
  'a refusal that has no words of its own': [
    (azure) => azure.failNext(2, 400, 'Odd'),
    () =>
      `error: Azure refuses ${read} (400 Odd): The request failed: Odd.\n  what Azure says there is all that flexgen knows\n`,
  ],
  'a wait that is too long': [
    (azure) => azure.throttle(2, 3600),
    ({ endpoint }) =>
      `error: ${new URL(endpoint).host} takes no more requests for now (429): it asks to wait 3600 s\n  try again later\n`,
  ],
};

for (const [name, [arrange, expected]] of Object.entries(refusals)) {
  test(name, async (t) => {
    const station = await workstation(t);
    arrange(station.azure);
    assert.deepEqual(await facts(station), refused(expected(station.azure)));
    // Nothing of it is worth another try.
    assert.deepEqual(
      asked(station.azure).map((line) => line.replace(/ \d+$/, '')),
      both,
    );
  });
}

test('a problem of the cluster stands where the config names it', async (t) => {
  const station = await workstation(t);
  station.azure.setCluster({ powerState: 'Stopped' });
  for (const command of ['facts', 'validate', 'cloud-init']) {
    const { code, stdout, stderr } = await station.run([command, '-c', 'edge.yaml']);
    assert.deepEqual([code, stdout], [4, ''], command);
    assert.match(stderr, /^error: cluster aks1 is stopped\n --> edge\.yaml:4:19\n/, command);
  }
});

test('what passes by itself is tried again, and no more than that', async (t) => {
  const station = await workstation(t);
  const { azure } = station;
  const fine = { code: 0, stdout: 'facts', stderr: '' };
  for (const arrange of [
    () => azure.throttle(1, 1),
    () => azure.throttle(1, null),
    () => azure.failNext(1, 503, 'ServiceUnavailable'),
  ]) {
    arrange();
    assert.deepEqual(await facts(station), fine);
  }
  const before = asked(azure).length;
  azure.throttle(1000, 0);
  const { host } = new URL(azure.endpoint);
  const message = `error: ${host} takes no more requests for now (429): it asks to wait 0 s\n  try again later\n`;
  assert.deepEqual(await facts(station), refused(message));
  // Four attempts for each of the two requests.
  assert.equal(asked(azure).length - before, 8);
});
