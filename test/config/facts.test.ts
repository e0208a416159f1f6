import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkFacts, loadSpec, parseFacts } from '../../src/config/index.ts';
import type { ClusterFacts } from '../../src/config/facts.ts';
import { certificate } from './certificate.ts';
import { definitions } from './definitions.ts';
import { base, brief, load } from './support.ts';

const indented = certificate.replaceAll('\n', '\n  ').trimEnd();
const file = `name: aks1
server: https://aks1.example:443
ca: |
  ${indented}
kubernetesVersion: 1.36.4
clusterDNS: 10.0.0.10
podCIDRs: [10.244.0.0/16]
serviceCIDRs: 10.0.0.0/16
`;

const facts: ClusterFacts = {
  name: 'aks1',
  server: 'https://aks1.example:443',
  ca: certificate,
  kubernetesVersion: '1.36.4',
  clusterDNS: ['10.0.0.10'],
  clusterDomain: 'cluster.local',
  podCIDRs: ['10.244.0.0/16'],
  serviceCIDRs: ['10.0.0.0/16'],
  tenantId: null,
  aks: null,
};

test('a facts file', () => {
  assert.deepEqual(parseFacts(file, 'aks1.facts.yaml'), { ok: true, value: facts, warnings: [] });
});

test('JSON is YAML', () => {
  assert.deepEqual(
    parseFacts(JSON.stringify({ ...facts, tenantId: undefined, aks: undefined }), 'aks1.facts.json'),
    {
      ok: true,
      value: facts,
      warnings: [],
    },
  );
});

test('problems of a facts file have their place in it', () => {
  const parsed = parseFacts(
    file.replace('name:', 'nmae:').replace('1.36.4', 'v1.36.4').replace('0/16]', '7/16]'),
    'f.yaml',
  );
  assert.ok(!parsed.ok);
  const last = file.split('\n').findIndex((line) => line.startsWith('kubernetesVersion')) + 1;
  assert.deepEqual(brief(parsed.errors), [
    '1:1 error config/unknown-key: unknown key `nmae` (did you mean `name`?)',
    `${last}:20 error config/version: this is not a full version (write all three numbers, without \`v\`, e.g. \`1.36.4\`)`,
    `${last + 2}:12 error config/cidr: \`10.244.0.7/16\` is an address in a network, not the network (did you mean \`10.244.0.0/16\`?)`,
  ]);
  assert.deepEqual(new Set(parsed.errors.map(({ location }) => location?.file)), new Set(['f.yaml']));
});

test('an empty facts file', () => {
  const parsed = parseFacts('', 'f.yaml');
  assert.deepEqual(parsed.ok ? [] : brief(parsed.errors), [
    '1:1 error config/empty: the facts file is empty (it needs at least `server`, `ca`, `kubernetesVersion`, `clusterDNS`)',
  ]);
});

const check = (lines: string, known: ClusterFacts): string[] => brief(checkFacts(load(base + lines), known));

test('once the facts are known, the config is checked against them', () => {
  assert.deepEqual(
    check('network: {mode: bridge, podCIDR: 10.0.7.0/24}\nversions: {kubernetes: 1.36.4}\n', {
      ...facts,
      kubernetesVersion: '1.35.8',
    }),
    [
      '5:24 error config/skew: kubelet 1.36.4 is newer than the cluster, which runs 1.35.8 (take 1.32 to 1.35, or remove this key to take the cluster’s version)',
      '4:34 error config/overlap: `10.0.7.0/24`, for the pods of this node, overlaps `10.0.0.0/16`, of the cluster’s services (use a range that is used nowhere else)',
    ],
  );
});

test('what is wrong with the facts themselves is told where the config names them', () => {
  assert.deepEqual(check('', { ...facts, clusterDNS: ['10.1.0.10'] }), [
    '2:1 warning config/cluster-dns: the cluster’s DNS address `10.1.0.10` is in none of its service ranges (`kubectl -n kube-system get service kube-dns` shows the address)',
  ]);
});

test('nothing is told twice of an inline cluster', () => {
  const text = base.replace(
    '{facts: ./aks1.facts.yaml}',
    '{server: https://a.example, ca: {file: ca}, kubernetesVersion: 1.36.4, clusterDNS: 10.1.0.10, serviceCIDRs: 10.0.0.0/16}',
  );
  const loaded = loadSpec(text, 'edge.yaml', definitions);
  assert.ok(loaded.ok);
  assert.deepEqual(
    loaded.warnings.map(({ code }) => code),
    ['config/cluster-dns'],
  );
  assert.deepEqual(checkFacts(loaded.value, { ...facts, clusterDNS: ['10.1.0.10'] }), []);
});
