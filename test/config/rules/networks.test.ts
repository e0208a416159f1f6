import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inlineProblemsOf, problemsOf } from '../support.ts';

test('networks that share nothing', () => {
  assert.deepEqual(
    inlineProblemsOf('network: {mode: bridge, podCIDR: 10.245.7.0/24}\nnode: {ip: {cidr: 192.168.0.0/16}}\n'),
    [],
  );
  assert.deepEqual(inlineProblemsOf('network: {mode: bridge, podCIDR: "fd00::/64"}\n'), []);
});

test('pods of the node among the cluster’s services', () => {
  assert.deepEqual(inlineProblemsOf('network: {mode: bridge, podCIDR: 10.0.0.0/8}\n'), [
    '10:34 error config/overlap: `10.0.0.0/8`, for the pods of this node, overlaps `10.0.0.0/16`, of the cluster’s services (use a range that is used nowhere else)',
    '10:34 error config/overlap: `10.0.0.0/8`, for the pods of this node, overlaps `10.244.0.0/16`, of the cluster’s pods (use a range that is used nowhere else)',
  ]);
});

test('the cluster’s own networks', () => {
  assert.deepEqual(inlineProblemsOf('').length, 0);
  assert.deepEqual(problemsOf('').concat(inlineProblemsOf('node: {ip: {address: 10.244.9.9}}\n')), [
    '10:22 error config/overlap: `10.244.9.9` is an address of the cluster’s pods (`10.244.0.0/16`) (give the address that the machine has in its own network)',
  ]);
});

test('the node among its own pods, before the cluster is known', () => {
  const pods = 'network: {mode: bridge, podCIDR: 10.8.7.0/24}\n';
  const hint = '(give the pods a range that is used nowhere else)';
  assert.deepEqual(problemsOf(`${pods}node: {ip: {cidr: 10.8.0.0/16}}\n`), [
    `4:34 error config/overlap: \`10.8.7.0/24\` overlaps \`node.ip\` (\`10.8.0.0/16\`) ${hint}`,
  ]);
  assert.deepEqual(problemsOf(`${pods}node: {ip: {address: 10.8.7.9}}\n`), [
    `4:34 error config/overlap: \`10.8.7.0/24\` overlaps \`node.ip\` (\`10.8.7.9\`) ${hint}`,
  ]);
  assert.deepEqual(problemsOf(`${pods}node: {ip: {address: 10.8.8.9}}\n`), []);
});

test('every pod has an address', () => {
  assert.deepEqual(problemsOf('network: {mode: bridge, podCIDR: 10.8.7.0/26}\n'), [
    '4:34 error config/max-pods: `10.8.7.0/26` has addresses for 61 pods, and `maxPods` is 110 (use a larger range, or set `maxPods: 61`)',
  ]);
  assert.deepEqual(problemsOf('network: {mode: bridge, podCIDR: 10.8.7.0/26}\nnode: {maxPods: 61}\n'), []);
  assert.deepEqual(problemsOf('network: {mode: bridge, podCIDR: 10.8.7.0/31}\nnode: {maxPods: 1}\n'), [
    '5:17 error config/max-pods: `10.8.7.0/31` has addresses for 0 pods, and `maxPods` is 1 (use a larger range)',
  ]);
  assert.deepEqual(problemsOf('network: {mode: bridge, podCIDR: "fd00::/64"}\nnode: {maxPods: 1024}\n'), []);
});
