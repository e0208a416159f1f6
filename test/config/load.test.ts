import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadSpec } from '../../src/config/index.ts';
import { definitions } from './definitions.ts';
import { full } from './full.ts';
import { base, load, problemsOf } from './support.ts';

test('the Spec’s unions follow from the definitions', () => {
  const { auth, network } = load(full).spec;
  // These lines compile only while `mode` tells the modes apart.
  assert.equal(auth.mode === 'bootstrap-token' ? auth.token.at : auth.clientId.length, 36);
  assert.equal(network.mode === 'bridge' ? network.podCIDRs[0] : network.mode, '10.245.7.0/24');
});

test('a path is found where it stands, a default where it could', () => {
  const { locate, raw } = load(full);
  const place = (path: string) => {
    const { line, column, length } = locate(path);
    return [line, column, length];
  };
  assert.deepEqual(place('auth.secret'), [15, 11, 31]);
  assert.deepEqual(place('node.labels["topology.kubernetes.io/zone"]'), [21, 60, 3]);
  assert.deepEqual(place('node.taints[1]'), [22, 39, 16]);
  assert.deepEqual(place('cluster'), [2, 1, 7]);
  assert.deepEqual(place('node.forceKubelet'), [16, 1, 4]);
  assert.deepEqual(place('nowhere'), [1, 1, 1]);
  assert.deepEqual(raw['components'], { nodeProblemDetector: 'on' });
});

test('what a mode reports is located, and a warning does not stop the loader', () => {
  const text = full.replace('clientId:', 'credentialUse: always\n  clientId:');
  const loaded = loadSpec(text, 'edge.yaml', definitions);
  assert.ok(loaded.ok);
  assert.equal(loaded.value.spec.auth.credentialUse, 'always');
  assert.deepEqual(
    loaded.warnings.map(({ code, path, location }) => [code, path, location?.line, location?.column]),
    [['auth/credential-use', 'auth.credentialUse', 14, 18]],
  );
});

test('a byte order mark and CRLF change nothing', () => {
  assert.deepEqual(load(`\ufeff${full.replaceAll('\n', '\r\n')}`).spec, load(full).spec);
});

test('both forms of a switch', () => {
  for (const [written, meant] of [
    ['on', true],
    ['off', false],
    ['true', true],
    ['false', false],
  ] as const) {
    assert.equal(
      load(`${base}components: {nodeProblemDetector: ${written}}`).spec.components.nodeProblemDetector,
      meant,
    );
  }
});

test('problems of the schema and of the rules come together, in the order of the file', () => {
  assert.deepEqual(
    problemsOf('node:\n  labels: {node-role.kubernetes.io/x: ""}\n  maxPods: many\n  taints: [x]\nfoo: 1\n'),
    [
      '5:12 error config/label: a node can’t set its own role (kubelet may not give its own node a role: label it with `kubectl label node` after the join)',
      '6:12 error config/type: expected a whole number, found a string',
      '7:12 error config/taint: this taint has no effect (add one of `NoSchedule`, `PreferNoSchedule` or `NoExecute`, e.g. `x:NoSchedule`)',
      '8:1 error config/unknown-key: unknown key `foo` (known here: apiVersion, cluster, auth, node, network, versions, runtime, components, artifacts, proxy, ssh, userData, output, nodes, image, azure)',
    ],
  );
});

test('only the first hundred problems are told', () => {
  const problems = problemsOf(Array.from({ length: 300 }, (_, index) => `key${index}: 1\n`).join(''));
  assert.equal(problems.length, 101);
  assert.equal(
    problems.at(-1),
    'error config/too-many: there are more problems than these: correct them first',
  );
});
