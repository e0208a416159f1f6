import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { suite, test } from 'node:test';
import type { Azure } from '../azure/server/azure.ts';
import {
  atResourceId,
  clusterId,
  diagnostic,
  ended,
  groupId,
  keyLine,
  machineLine,
  operatorId,
  subscription,
} from './identity-lines.ts';
import { identitySite } from './identity-site.ts';
import { secretEnv } from './support.ts';

const writeMachine = 'Microsoft.HybridCompute/machines/write';
const writeRole = 'Microsoft.Authorization/roleAssignments/write';

const lacks = {
  [writeMachine]: ['Azure Connected Machine Onboarding', groupId, 'machine edge-01'],
  [writeRole]: ['Role Based Access Control Administrator', clusterId, 'the cluster'],
} as const;

/** Who is signed in may not do it; `rest` says what was done. */
function forbidden(action: keyof typeof lacks, rest: string, place?: typeof atResourceId): string {
  const [role, scope, thing] = lacks[action];
  return diagnostic(
    `${operatorId} may not do ${action} on ${thing}; ${rest}`,
    `the role ${role} grants it: \`az role assignment create --assignee ${operatorId} --role "${role}" --scope ${scope}\``,
    place,
  );
}

suite('a right that is lacking is named, with the role that has it', () => {
  test('each, and both at once, before anything is made', async (t) => {
    const site = await identitySite(t);
    site.azure.forbid(writeRole);
    const onlyRole = ended(4, '', forbidden(writeRole, 'nothing was changed'));
    assert.deepEqual(await site.identity('apply'), onlyRole);
    site.azure.forbid(writeMachine);
    const both = ended(
      4,
      '',
      `${forbidden(writeMachine, 'nothing was changed')}\n${forbidden(writeRole, 'nothing was changed')}`,
    );
    assert.deepEqual(await site.identity('plan'), both);
    assert.deepEqual(await site.identity('apply'), both);
    assert.deepEqual([site.writes(), await readdir(site.dir)], [[], ['edge.yaml', 'token']]);
  });

  test('also where a machine must be made again', async (t) => {
    const site = await identitySite(t);
    await site.identity('apply');
    const [machine] = site.azure.machines.all();
    site.azure.machines.remove(machine?.id ?? '');
    site.azure.forbid(writeRole);
    site.writes();
    assert.deepEqual(await site.identity('apply'), ended(4, '', forbidden(writeRole, 'nothing was changed')));
    assert.deepEqual(site.writes(), []);
  });

  test('by the request itself, where Azure does not say what may be done', async (t) => {
    const site = await identitySite(t);
    site.azure.forbid('Microsoft.Authorization/permissions/read');
    site.azure.forbid(writeRole);
    assert.deepEqual(
      await site.identity('apply'),
      ended(
        4,
        keyLine('+') + machineLine('+'),
        forbidden(writeRole, '2 of 3 changes were made', atResourceId),
      ),
    );
    assert.deepEqual(site.writes(), ['PUT machines 200', 'PUT roleAssignments 403']);
  });

  test('for a service principal’s role', async (t) => {
    const site = await identitySite(t);
    const { clientId, tenantId } = site.azure.credentials;
    const { AZURE_CLIENT_SECRET: SECRET = '' } = secretEnv(site.azure);
    await site.as({ mode: 'service-principal', clientId, tenantId, secret: { env: 'SECRET' } });
    site.azure.forbid(writeRole);
    const { code, stderr } = await site.identity('apply', { SECRET });
    assert.deepEqual([code, stderr], [4, forbidden(writeRole, '0 of 1 changes were made', atResourceId)]);
  });
});

const signedOut =
  'run `az login` (or `azd auth login`), or say in `azure.signIn` who asks; with `cluster.facts` nobody is needed';

interface Case {
  readonly arrange: (azure: Azure) => void;
  readonly auth?: Readonly<Record<string, unknown>>;
  readonly env?: (azure: Azure) => Record<string, string>;
  readonly says: (azure: Azure) => string;
}

const other = 'd5e6f708-192a-4b3c-8d4e-5f60718293a4';

const cases: Readonly<Record<string, Case>> = {
  'a provider that is not registered': {
    arrange: (azure) => azure.setProvider('Microsoft.HybridCompute', 'NotRegistered'),
    says: () =>
      diagnostic(
        `subscription ${subscription} is not registered for Microsoft.HybridCompute`,
        `\`az provider register --namespace Microsoft.HybridCompute --subscription ${subscription} --wait\` registers it, once for all machines`,
      ),
  },
  'a resource group that is not there': {
    arrange: () => {},
    auth: { mode: 'arc', resourceGroup: 'rg-arc' },
    says: () =>
      diagnostic(
        `there is no resource group rg-arc in subscription ${subscription}`,
        `\`az group create --subscription ${subscription} --name rg-arc --location LOCATION\` makes it, or name another in \`auth.resourceGroup\``,
      ),
  },
  'a cluster that is stopped': {
    arrange: (azure) => azure.setCluster({ powerState: 'Stopped' }),
    says: () =>
      diagnostic(
        'cluster aks1 is stopped',
        'start it: `az aks start --resource-group rg-edge --name aks1`',
        atResourceId,
      ),
  },
  'nobody signed in': {
    arrange: (azure) => azure.commandLines.signIn(false),
    says: () => `error: nobody is signed in to Azure\n  ${signedOut}\n`,
  },
  'a subscription that `az` does not see': {
    arrange: (azure) => azure.hideSubscription('notFound'),
    says: () =>
      `error: who is signed in to \`az\` does not see subscription ${subscription}\n  \`az login --tenant TENANT\` with the subscription’s tenant; \`az account list\` shows what you see\n`,
  },
  'a subscription that a service principal does not see': {
    arrange: (azure) => azure.hideSubscription('notFound'),
    env: secretEnv,
    says: () =>
      diagnostic(
        `there is no subscription ${subscription}, or who is signed in may not see it`,
        '`az account list --output table` shows what you see; another tenant’s needs `az login --tenant TENANT`',
        atResourceId,
      ),
  },
  'a subscription of another tenant': {
    arrange: (azure) => azure.hideSubscription('otherTenant'),
    env: secretEnv,
    says: ({ credentials }) =>
      diagnostic(
        `the sign-in is of tenant ${credentials.tenantId}, but the subscription is of tenant ${other}`,
        `\`az login --tenant ${other}\`, or set that tenantId in \`azure\``,
        atResourceId,
      ),
  },
};

suite('what stands against a machine of Arc', () => {
  for (const [name, { arrange, auth = { mode: 'arc' }, env, says }] of Object.entries(cases)) {
    test(name, async (t) => {
      const site = await identitySite(t, auth);
      arrange(site.azure);
      const expected = ended(4, '', says(site.azure));
      assert.deepEqual(await site.identity('apply', env?.(site.azure)), expected);
      assert.deepEqual([site.writes(), await readdir(site.dir)], [[], ['edge.yaml', 'token']]);
    });
  }
});
