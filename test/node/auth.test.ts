import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { mintedWith, newMachineKey } from '../../src/cli/identity/machine-key.ts';
import type { ClusterFacts } from '../../src/config/facts.ts';
import { loadSpec } from '../../src/config/index.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { arcMachine } from '../../src/node/auth/arc-machine.ts';
import { definitions } from '../../src/cli/definitions.ts';
import type { NodeSpec } from '../../src/node/index.ts';

const clientId = '11111111-2222-4333-8444-555555555555';
const tenantId = '99999999-8888-4777-8666-555555555555';

function load(
  auth: string,
  rest = '',
): { readonly spec: NodeSpec; readonly warnings: readonly Diagnostic[] } {
  const text = `apiVersion: flexgen/v1\ncluster: {facts: aks1.facts.yaml}\nauth: ${auth}\n${rest}`;
  const loaded = loadSpec(text, 'flexgen.yaml', definitions);
  assert.ok(loaded.ok, JSON.stringify(loaded));
  return { spec: loaded.value.spec, warnings: loaded.warnings };
}

const authOf = (auth: string, rest = ''): NodeSpec['auth'] => load(auth, rest).spec.auth;

suite('what a config says of `auth`', () => {
  test('a bootstrap token is made, for a day by default', () => {
    const minted = { at: 'auth.token', kind: 'minted', placeholder: 'abcdef.0123456789abcdef' };
    const base = { mode: 'bootstrap-token', token: minted, credentialUse: 'bootstrap' };
    assert.deepEqual(authOf('{mode: bootstrap-token}'), { ...base, ttlSeconds: 86_400 });
    assert.deepEqual(authOf('{mode: bootstrap-token, ttl: 10m}'), { ...base, ttlSeconds: 600 });
    assert.deepEqual(authOf('{mode: bootstrap-token, ttl: 7d}'), { ...base, ttlSeconds: 604_800 });
    assert.deepEqual(authOf('{mode: bootstrap-token, token: {env: T}}'), {
      ...base,
      token: { at: 'auth.token', kind: 'env', name: 'T' },
      ttlSeconds: null,
    });
  });

  const principal = (keys: string): string =>
    `{mode: service-principal, clientId: ${clientId}, tenantId: ${tenantId}, ${keys}}`;

  test('a principal proves itself in one of three ways', () => {
    const base = {
      mode: 'service-principal',
      clientId,
      tenantId,
      objectId: null,
      credentialUse: 'bootstrap',
      authority: 'https://login.microsoftonline.com',
      authorityCa: null,
    };
    const secret = { at: 'auth.secret', kind: 'file', path: 's' };
    const pem = { at: 'auth.certificate', file: 'c.pem' };
    for (const [keys, proof] of [
      ['secret: {file: s}', { kind: 'secret', secret }],
      ['certificate: {file: c.pem}', { kind: 'certificate', pem }],
      ['federated: {file: /run/token}', { kind: 'federated', tokenFile: '/run/token' }],
    ] as const)
      assert.deepEqual(authOf(principal(keys)), { ...base, proof });
  });

  test('the authority is the cloud’s, unless something nearer is written', () => {
    const ca = { file: 'entra.pem', at: 'azure.endpoints.ca' };
    const own = { file: 'own.pem', at: 'auth.authorityCa' };
    const endpoints = 'azure: {endpoints: {authority: "https://entra.corp/", ca: {file: entra.pem}}}';
    for (const [keys, rest, authority, authorityCa] of [
      ['', 'azure: {cloud: china}', 'https://login.chinacloudapi.cn', null],
      ['', 'azure: {cloud: us-government}', 'https://login.microsoftonline.us', null],
      ['', endpoints, 'https://entra.corp', ca],
      [', authorityCa: {file: own.pem}', endpoints, 'https://entra.corp', own],
      [', authority: "https://login.corp"', endpoints, 'https://login.corp', null],
      ['', 'azure: {endpoints: {ca: {file: entra.pem}}}', 'https://login.microsoftonline.com', null],
    ] as const) {
      const auth = authOf(principal(`secret: {env: S}${keys}`), rest);
      assert.ok(auth.mode === 'service-principal');
      assert.deepEqual([auth.authority, auth.authorityCa], [authority, authorityCa]);
    }
  });

  test('ids are in small letters, as Entra’s tokens have them', () => {
    const id = 'AAAAAAAA-BBBB-4CCC-8DDD-EEEEEEEEEEEE';
    assert.deepEqual(authOf(`{mode: managed-identity, clientId: ${id}, objectId: ${id}}`), {
      mode: 'managed-identity',
      clientId: id.toLowerCase(),
      objectId: id.toLowerCase(),
      credentialUse: 'bootstrap',
    });
    assert.deepEqual(authOf('{mode: managed-identity}'), {
      mode: 'managed-identity',
      clientId: null,
      objectId: null,
      credentialUse: 'bootstrap',
    });
  });

  for (const [what, auth] of [
    ['the principal', principal('secret: {env: S}, credentialUse: always')],
    ['the machine’s identity', '{mode: managed-identity, credentialUse: always}'],
    ['the machine’s identity', '{mode: arc, credentialUse: always}'],
  ] as const) {
    test(`a credential for every call is warned of: ${auth.slice(7, 24)}`, () => {
      assert.deepEqual(
        load(auth).warnings.map(({ code, message }) => [code, message]),
        [
          [
            'auth/credential-use',
            `with \`always\` ${what} needs ClusterRole system:node: it can read every secret of the cluster and sign in as any service account`,
          ],
        ],
      );
    });
  }

  test('an Arc machine is registered from here, with secrets that are still to be made', async () => {
    const auth = authOf('{mode: arc}');
    assert.ok(auth.mode === 'arc' && auth.onboarding.kind === 'preregistered');
    const { machineKey, vmId } = auth.onboarding;
    assert.ok(machineKey.kind === 'minted' && vmId.kind === 'minted');
    assert.deepEqual([machineKey.at, vmId.at], ['auth.machineKey', 'auth.vmId']);
    // As long as the primes of a real one.
    const real = mintedWith(await newMachineKey()).get('auth.machineKey');
    assert.equal(machineKey.placeholder.length, real?.length);
    assert.match(vmId.placeholder, /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/);
    assert.deepEqual(auth.agent, { version: null, repository: null, keyUrl: null, keyFingerprint: null });
  });

  test('or registers itself', () => {
    const token = authOf('{mode: arc, onboarding: access-token}');
    assert.ok(token.mode === 'arc' && token.onboarding.kind === 'access-token');
    assert.deepEqual([token.onboarding.token.at, token.onboarding.token.kind], ['auth.token', 'minted']);
    const servicePrincipal = `{clientId: ${clientId}, secret: {env: S}}`;
    const auth = authOf(
      `{mode: arc, onboarding: service-principal, servicePrincipal: ${servicePrincipal}, agent: {keyFingerprint: ${'ab'.repeat(20)}}}`,
    );
    assert.ok(auth.mode === 'arc');
    assert.deepEqual(auth.onboarding, {
      kind: 'service-principal',
      clientId,
      tenantId: null,
      secret: { at: 'auth.servicePrincipal.secret', kind: 'env', name: 'S' },
    });
    assert.equal(auth.agent.keyFingerprint, 'AB'.repeat(20));
  });
});

const resourceId =
  '/subscriptions/33333333-4444-4555-8666-777777777777/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks1';
const facts: ClusterFacts = {
  name: 'aks1',
  server: 'https://aks1.example:443',
  ca: '',
  kubernetesVersion: '1.36.4',
  clusterDNS: [],
  clusterDomain: 'cluster.local',
  podCIDRs: [],
  serviceCIDRs: [],
  tenantId,
  aks: { resourceId, location: 'westeurope' },
};

suite('the Arc machine', () => {
  const machineOf = (keys: string, rest: string, of = facts): ReturnType<typeof arcMachine> => {
    const { spec } = load(`{mode: arc${keys}}`, rest);
    assert.ok(spec.auth.mode === 'arc');
    return arcMachine(spec.auth, spec, of);
  };

  test('is beside its cluster where the config says nothing else', () => {
    const machine = {
      subscriptionId: '33333333-4444-4555-8666-777777777777',
      resourceGroup: 'rg',
      name: 'edge-01',
      location: 'westeurope',
      tenantId,
      tags: {},
    };
    const named = 'node: {name: edge-01}\n';
    assert.deepEqual(machineOf('', named), { ok: true, value: machine, warnings: [] });
    const keys = `, resourceGroup: machines, location: northeurope, machineName: f-7, tags: {a: "b,c"}`;
    assert.deepEqual(machineOf(keys, named), {
      ok: true,
      value: {
        ...machine,
        resourceGroup: 'machines',
        location: 'northeurope',
        name: 'f-7',
        tags: { a: 'b,c' },
      },
      warnings: [],
    });
  });

  test('has its host’s name where it registers itself', () => {
    const result = machineOf(', onboarding: access-token', '');
    assert.ok(result.ok);
    assert.equal(result.value.name, null);
  });

  test('what nobody says is told at once', () => {
    const result = machineOf('', '', { ...facts, tenantId: null, aks: null });
    assert.ok(!result.ok);
    assert.deepEqual(
      result.errors.map(({ code, path, message }) => [code, path, message]),
      [
        ...['subscriptionId', 'resourceGroup', 'location', 'tenantId'].map((key) => [
          'auth/arc-machine',
          'auth',
          `nothing says the Arc machine’s \`${key}\``,
        ]),
        ['auth/arc-name', 'auth', 'a machine that is registered before it boots needs a name'],
      ],
    );
  });
});
