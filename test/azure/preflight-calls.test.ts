import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allowed } from '../../src/azure/allowed.ts';
import { permitted, provePrincipal, providerStates, readSubscription } from '../../src/azure/index.ts';
import { azureFor } from './fixture.ts';
import { access, asked, operator, outcome, who } from './operator.ts';

const write = 'Microsoft.HybridCompute/machines/write';

test('an action is allowed by one entry that grants it and does not take it away', () => {
  const of = (actions: string[], notActions: string[] = []) => ({ actions, notActions });
  const cases: [string, Parameters<typeof allowed>[0], boolean][] = [
    ['nothing', [], false],
    ['everything', [of(['*'])], true],
    ['itself, in another case', [of(['microsoft.hybridcompute/MACHINES/write'])], true],
    ['a part with slashes', [of(['Microsoft.HybridCompute/*'])], true],
    ['the verb of all', [of(['*/write'])], true],
    ['another verb', [of(['*/read'])], false],
    ['a star in the middle', [of(['Microsoft.*/machines/*'])], true],
    ['only its beginning', [of(['Microsoft.HybridCompute/machines'])], false],
    ['a dot that is no wildcard', [of(['MicrosoftxHybridCompute/machines/write'])], false],
    ['taken away', [of(['*'], ['Microsoft.HybridCompute/*/write'])], false],
    ['taken away by one, given by another', [of(['*'], [write]), of(['*/write'])], true],
    ['taken away by one alone', [of([], [write]), of(['*/write'])], true],
    ['without lists', [{}], false],
  ];
  assert.deepEqual(
    cases.map(([name, entries]) => [name, allowed(entries, write)]),
    cases.map(([name, , expected]) => [name, expected]),
  );
});

test('what the operator may do at a cluster and at a group', async (t) => {
  const azure = await azureFor(t);
  const me = operator(azure);
  const assign = 'Microsoft.Authorization/roleAssignments/write';
  azure.setPermissions([
    { actions: ['*'], notActions: ['Microsoft.Authorization/*/Write'] },
    { actions: ['Microsoft.HybridCompute/machines/read'], notActions: [] },
  ]);
  const group = azure.resourceId.split('/').slice(0, 5).join('/');
  const expected = new Map([
    [assign, false],
    [write, true],
  ]);
  assert.deepEqual(outcome(await permitted(me, azure.resourceId, [assign, write])), expected);
  assert.deepEqual(outcome(await permitted(me, group, [assign, write])), expected);
  assert.deepEqual(
    asked(azure).map((line) => line.replace(/\/subscriptions\/[^/]+/, '')),
    [
      'GET /resourcegroups/rg-edge/providers/Microsoft.ContainerService//managedClusters/aks1/providers/Microsoft.Authorization/permissions 200',
      'GET /resourcegroups/rg-edge/providers/Microsoft.Authorization/permissions 200',
    ],
  );
  azure.forbid('Microsoft.Authorization/permissions/read');
  assert.deepEqual(outcome(await permitted(me, group, [write])), [
    `azure/forbidden: ${who} may not do Microsoft.Authorization/permissions/read on ${group}` +
      ` → the role Reader grants it: \`az role assignment create --assignee ${who} --role "Reader" --scope ${group}\``,
  ]);
  azure.removeCluster('resourceGroup');
  const [, , subscription] = group.split('/');
  azure.setProvider('Microsoft.HybridCompute', 'NotRegistered');
  const free = await azureFor(t);
  free.removeCluster('resourceGroup');
  assert.deepEqual(outcome(await permitted(operator(free), group, [write])), [
    `azure/missing: there is no resource group rg-edge in subscription ${subscription}` +
      ` → \`az group list --subscription ${subscription}\` shows those that there are`,
  ]);
});

test('the subscription and the providers that it is registered for', async (t) => {
  const azure = await azureFor(t);
  const me = operator(azure);
  azure.setProvider('Microsoft.GuestConfiguration', 'Registering');
  azure.setSubscription({ state: 'Warned' });
  const { tenantId } = azure.credentials;
  const [, , id = ''] = azure.resourceId.split('/');
  assert.deepEqual(outcome(await readSubscription(me)), { id, name: 'Edge', state: 'Warned', tenantId });
  assert.deepEqual(
    outcome(await providerStates(me, ['Microsoft.HybridCompute', 'Microsoft.GuestConfiguration'])),
    new Map([
      ['Microsoft.HybridCompute', 'Registered'],
      ['Microsoft.GuestConfiguration', 'Registering'],
    ]),
  );
  assert.deepEqual(outcome(await providerStates(me, ['Microsoft.Hybrid'])), [
    "azure/refused: Azure refuses Microsoft.Resources/subscriptions/providers/read (404 InvalidResourceNamespace): The resource namespace 'Microsoft.Hybrid' is invalid." +
      ' → what Azure says there is all that flexgen knows',
  ]);
  azure.hideSubscription('notFound');
  assert.deepEqual(outcome(await readSubscription(me)), [
    `azure/missing: there is no subscription ${id}, or who is signed in may not see it` +
      ' → `az account list --output table` shows what you see; another tenant’s needs `az login --tenant TENANT`',
  ]);
});

test('the node’s own service principal proves itself, and says who it is', async (t) => {
  const azure = await azureFor(t);
  const { clientId, tenantId, secret, certificate, strangeCertificate, federatedToken } = azure.credentials;
  // The operator is someone else.
  const own = { ...access(azure), identity: { kind: 'cli' } } as const;
  const aks = '6dae42f8-4368-4678-94ff-3960e28e3630/.default';
  const prove = (proof: Parameters<typeof provePrincipal>[1]['proof']) =>
    provePrincipal(own, { clientId, tenantId, proof }, aks);
  const pem = ({ certPem, keyPem }: typeof certificate) => certPem + keyPem;
  for (const proof of [
    { kind: 'secret', secret },
    { kind: 'certificate', pem: pem(certificate) },
    { kind: 'federated', token: federatedToken },
  ] as const) {
    const proven = await prove(proof);
    assert.equal(proven.ok && proven.value.objectId, who);
    assert.ok(proven.ok && proven.value.expiresOn > Date.now());
  }
  assert.deepEqual(azure.commandLines.runs, []);
  const refusals = [
    await prove({ kind: 'secret', secret: 'wrong' }),
    await prove({ kind: 'certificate', pem: pem(strangeCertificate) }),
    await prove({ kind: 'certificate', pem: certificate.certPem }),
  ];
  assert.deepEqual(
    refusals.map((refused) => outcome(refused)),
    [
      [
        `azure/sign-in: the client secret of application ${clientId} is wrong (AADSTS7000215) → give the secret’s value, not its id; Entra shows the value only when it is made`,
      ],
      [
        `azure/sign-in: application ${clientId} does not know this certificate, or it has expired (AADSTS700027) → \`az ad app credential list --cert --id ${clientId}\` shows those that it knows`,
      ],
      [
        'azure/certificate: the certificate to sign in with comes without its private key → one PEM file holds both: the certificate first, then its private key',
      ],
    ],
  );
});
