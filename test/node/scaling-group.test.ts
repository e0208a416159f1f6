import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { loadSpec } from '../../src/config/index.ts';
import { definitions } from '../../src/cli/definitions.ts';
import { brief } from '../config/support.ts';

const guid = '11111111-2222-4333-8444-555555555555';
const shared = 'node: {name: {from: hostname}, arch: auto}';
const principal = `{mode: service-principal, clientId: ${guid}, tenantId: ${guid}, `;
const onboarding = `onboarding: service-principal, servicePrincipal: {clientId: ${guid}, secret: {env: S}}`;

/** The problems of a config whose third line is `auth`, its fourth `node`, its fifth `network`. */
function problems(auth: string, node = shared, network = 'network: {mode: node-cidr}'): string[] {
  const head = 'apiVersion: flexgen/v1\ncluster: {facts: aks1.facts.yaml}';
  const loaded = loadSpec(`${head}\nauth: ${auth}\n${node}\n${network}\n`, 'flexgen.yaml', definitions);
  return brief(loaded.ok ? loaded.warnings : loaded.errors);
}

suite('one payload for a scaling group', () => {
  for (const [name, auth] of Object.entries({
    'a token from elsewhere': '{mode: bootstrap-token, token: {env: T}}',
    'a principal with a secret': `${principal}secret: {env: S}}`,
    'a principal with a certificate': `${principal}certificate: {file: c.pem}}`,
    'a principal with a federated token': `${principal}federated: {file: /run/token}}`,
    'a managed identity': '{mode: managed-identity}',
    'machines of Arc that register themselves with a principal': `{mode: arc, ${onboarding}}`,
  }))
    test(`${name}: nothing is wrong with it`, () => assert.deepEqual(problems(auth), []));

  for (const [name, auth, ...expected] of [
    [
      'a token that flexgen makes ends',
      '{mode: bootstrap-token}',
      '3:14 warning auth/scaling-group: the token lives for 24h: machines that the scaling group makes later than that can’t join (render again before that, or use service-principal, or managed-identity in Azure)',
    ],
    [
      'a token that flexgen makes ends when the config says',
      '{mode: bootstrap-token, ttl: 7d}',
      '3:36 warning auth/scaling-group: the token lives for 7d: machines that the scaling group makes later than that can’t join (render again before that, or use service-principal, or managed-identity in Azure)',
    ],
    [
      'a machine of Arc that is registered beforehand is one machine',
      '{mode: arc}',
      '3:14 error auth/scaling-group: machines of a scaling group can’t be registered before they boot: nobody knows them yet (use `onboarding: service-principal`, with which each registers itself; for one machine write its name in `node.name`)',
    ],
    [
      'its name helps nothing, and is one machine’s too',
      '{mode: arc, onboarding: preregistered, machineName: edge-01}',
      '3:31 error auth/scaling-group: machines of a scaling group can’t be registered before they boot: nobody knows them yet (use `onboarding: service-principal`, with which each registers itself; for one machine write its name in `node.name`)',
      '3:59 error auth/scaling-group: every machine of a scaling group would register itself by this name (leave it out: each takes its own host name)',
    ],
    [
      'each machine of Arc has an object id of its own',
      `{mode: arc, objectId: ${guid}, ${onboarding}}`,
      '3:29 error auth/scaling-group: each machine of a scaling group has an identity, with an object id, of its own (leave it out: each is known once it has registered itself)',
    ],
    [
      'an access token ends soon',
      '{mode: arc, onboarding: access-token}',
      '3:31 warning auth/scaling-group: the token lives for about an hour: machines that the scaling group makes later than that can’t register themselves (use `onboarding: service-principal`)',
    ],
  ] as const)
    test(name, () => assert.deepEqual(problems(auth), expected));

  test('a range for pods, an address and a host name are one machine’s: all is told at once', () => {
    const node =
      'node: {name: {from: hostname}, ip: {address: 10.8.0.21}, labels: {kubernetes.io/hostname: edge-01}}';
    const bridge = 'network: {mode: bridge, podCIDR: 10.244.7.0/24}';
    assert.deepEqual(problems('{mode: managed-identity}', node, bridge), [
      '4:46 error config/scaling-group: only one machine of a scaling group can have `10.8.0.21` (use `ip: {cidr: …}` or `ip: {interface: …}`; for one machine write its name in `node.name`)',
      '4:67 error config/scaling-group: every node of a scaling group would have this host name (remove it: kubelet sets it)',
      '5:34 error config/scaling-group: every machine of a scaling group would give its pods addresses of `10.244.7.0/24` (use `mode: node-cidr`, with which the cluster gives each node its range, or `external`; for one machine write its name in `node.name`)',
    ]);
  });

  test('a network or an interface is all machines’', () => {
    for (const ip of ['{cidr: 10.8.0.0/16}', '{interface: eth1}'])
      assert.deepEqual(problems('{mode: managed-identity}', `node: {name: {from: hostname}, ip: ${ip}}`), []);
  });
});

suite('one machine, whose name is written or its host’s by default', () => {
  for (const node of ['node: {name: edge-01, ip: {address: 10.8.0.21}}', 'node: {ip: {address: 10.8.0.21}}'])
    test(node, () => {
      const bridge = 'network: {mode: bridge, podCIDR: 10.244.7.0/24}';
      for (const auth of ['{mode: bootstrap-token}', '{mode: arc, machineName: edge-01}'])
        assert.deepEqual(problems(auth, node, bridge), []);
    });
});
