import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binding, granted } from '../../src/kubernetes/binding.ts';
import { bindingsFor } from '../../src/kubernetes/bindings.ts';
import { group, objectId, user } from './literals.ts';

const csr = 'system:certificates.k8s.io:certificatesigningrequests';
const secret = { at: 'auth.secret', kind: 'env', name: 'SECRET' } as const;
const principal = {
  mode: 'service-principal',
  clientId: '2b8e6d10-5f3a-4c7b-8e9d-0a1b2c3d4e5f',
  tenantId: '7a1f3c52-0d4e-4b6f-9a83-1c2d3e4f5a6b',
  objectId,
  secret,
  credentialUse: 'bootstrap',
  authority: 'https://login.microsoftonline.com',
  authorityCa: null,
} as const;

const renewal = binding('flexgen:selfnodeclient', `${csr}:selfnodeclient`, [group('system:nodes')]);

test('bootstrap tokens: their group asks for certificates, nodes renew theirs', () => {
  const subjects = [group('system:bootstrappers:flexgen')];
  assert.deepEqual(bindingsFor({ mode: 'bootstrap-token', token: secret, credentialUse: 'bootstrap' }), {
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
    },
    warnings: [],
  });
});

const names = (auth: Parameters<typeof bindingsFor>[0]) => {
  const result = bindingsFor(auth);
  assert.ok(result.ok);
  return {
    wanted: result.value.wanted.map(({ name, content }) => `${name} -> ${granted(content).role}`),
    unwanted: result.value.unwanted,
  };
};

const own = [
  `flexgen:node-bootstrapper:service-principal:${objectId} -> system:node-bootstrapper`,
  `flexgen:nodeclient:service-principal:${objectId} -> ${csr}:nodeclient`,
  `flexgen:selfnodeclient -> ${csr}:selfnodeclient`,
];

test('a service principal is a user by its object id', () => {
  assert.deepEqual(names(principal), {
    wanted: own,
    unwanted: `flexgen:system-node:service-principal:${objectId}`,
  });
  const result = bindingsFor(principal);
  assert.deepEqual(result.ok && result.value.wanted[0]?.content['subjects'], [user(objectId)]);
});

test('system:node only where the credential signs every call', () => {
  assert.deepEqual(names({ ...principal, credentialUse: 'always' }), {
    wanted: [...own, `flexgen:system-node:service-principal:${objectId} -> system:node`],
    unwanted: null,
  });
});

test('without an object id nothing can be bound', () => {
  assert.deepEqual(bindingsFor({ ...principal, objectId: null }), {
    ok: false,
    errors: [
      {
        severity: 'error',
        code: 'cluster/object-id',
        path: 'auth.objectId',
        message: 'the cluster knows a service principal by its object id, and the config doesn’t have it',
        hint: 'add `objectId: GUID`; `az ad sp show --id 2b8e6d10-5f3a-4c7b-8e9d-0a1b2c3d4e5f --query id -o tsv` prints it',
      },
    ],
  });
});
