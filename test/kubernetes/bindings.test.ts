import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binding, granted } from '../../src/kubernetes/binding.ts';
import { bindingsFor } from '../../src/kubernetes/bindings.ts';
import { group, objectId, user } from './literals.ts';

const csr = 'system:certificates.k8s.io:certificatesigningrequests';
const clientId = '2b8e6d10-5f3a-4c7b-8e9d-0a1b2c3d4e5f';
const principal = { mode: 'service-principal', clientId, credentialUse: 'bootstrap' } as const;
const entraModes = ['service-principal', 'managed-identity', 'arc'] as const;

const known = (id: string) => ({ objectId: id, owner: null, nodeName: null });
const nobody = { objectId: null, owner: null, nodeName: null };

const renewal = binding('flexgen:selfnodeclient', `${csr}:selfnodeclient`, [group('system:nodes')]);

test('bootstrap tokens: their group asks for certificates, nodes renew theirs', () => {
  const subjects = [group('system:bootstrappers:flexgen')];
  assert.deepEqual(bindingsFor({ mode: 'bootstrap-token', credentialUse: 'bootstrap' }, nobody), {
    ok: true,
    value: {
      wanted: [
        binding('flexgen:node-bootstrapper:bootstrap-token', 'system:node-bootstrapper', subjects),
        binding('flexgen:nodeclient:bootstrap-token', `${csr}:nodeclient`, subjects),
        renewal,
      ],
      own: [
        'flexgen:node-bootstrapper:bootstrap-token',
        'flexgen:nodeclient:bootstrap-token',
        'flexgen:system-node:bootstrap-token',
      ],
      unwanted: 'flexgen:system-node:bootstrap-token',
      owner: null,
    },
    warnings: [],
  });
});

const names = (...args: Parameters<typeof bindingsFor>) => {
  const result = bindingsFor(...args);
  assert.ok(result.ok);
  return {
    wanted: result.value.wanted.map(({ name, content }) => `${name} -> ${granted(content).role}`),
    unwanted: result.value.unwanted,
  };
};

const own = (mode: string): string[] => [
  `flexgen:node-bootstrapper:${mode}:${objectId} -> system:node-bootstrapper`,
  `flexgen:nodeclient:${mode}:${objectId} -> ${csr}:nodeclient`,
  `flexgen:selfnodeclient -> ${csr}:selfnodeclient`,
];

test('an Entra identity is a user by its object id, in small letters', () => {
  for (const mode of entraModes) {
    const auth = { ...principal, mode };
    assert.deepEqual(names(auth, known(objectId.toUpperCase())), {
      wanted: own(mode),
      unwanted: `flexgen:system-node:${mode}:${objectId}`,
    });
    const result = bindingsFor(auth, known(objectId));
    assert.deepEqual(result.ok && result.value.wanted[0]?.content['subjects'], [user(objectId)]);
  }
});

test('system:node only where the credential signs every call, and nothing else there', () => {
  for (const mode of entraModes) {
    assert.deepEqual(names({ ...principal, mode, credentialUse: 'always' }, known(objectId)), {
      wanted: [`flexgen:system-node:${mode}:${objectId} -> system:node`],
      unwanted: null,
    });
  }
});

test('without an object id nothing can be bound', () => {
  const of = 'its object id, and the config doesn’t have it';
  for (const [auth, who, command] of [
    [principal, 'a service principal', `az ad sp show --id ${clientId} --query id -o tsv`],
    [
      { ...principal, mode: 'managed-identity' },
      'a managed identity',
      `az ad sp show --id ${clientId} --query id -o tsv`,
    ],
    [
      { ...principal, mode: 'managed-identity', clientId: null },
      'a managed identity',
      'az vm identity show --resource-group GROUP --name VM --query principalId -o tsv',
    ],
  ] as const) {
    assert.deepEqual(bindingsFor(auth, nobody), {
      ok: false,
      errors: [
        {
          severity: 'error',
          code: 'cluster/object-id',
          path: 'auth.objectId',
          message: `the cluster knows ${who} by ${of}`,
          hint: `add \`objectId: GUID\`; \`${command}\` prints it`,
        },
      ],
    });
  }
});

test('a machine that is not in Azure has no identity yet', () => {
  assert.deepEqual(bindingsFor({ mode: 'arc', credentialUse: 'bootstrap' }, nobody), {
    ok: false,
    errors: [
      {
        severity: 'error',
        code: 'cluster/object-id',
        path: 'auth',
        message: 'the machine is not in Azure yet, so the cluster can’t be told who it is',
        hint: '`flexgen identity apply` registers it; a machine that registers itself has to boot first',
      },
    ],
  });
});

test('the bindings of an identity that comes and goes are marked with whose it is, the shared one is not', () => {
  const result = bindingsFor(
    { mode: 'arc', credentialUse: 'bootstrap' },
    {
      objectId,
      owner: 'me',
      nodeName: 'edge-1',
    },
  );
  assert.ok(result.ok);
  const mine = { 'app.kubernetes.io/instance': 'me' };
  assert.deepEqual(
    result.value.wanted.map(({ labels }) => labels),
    // The policy reads there which node it may be.
    [{ ...mine, 'flexgen/node': 'edge-1' }, mine, {}],
  );
});
