import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnose, base, problemsOf } from '../support.ts';

const codesOf = (key: string, value = 'x') =>
  diagnose(`${base}node:\n  labels: {${JSON.stringify(key)}: ${JSON.stringify(value)}}\n`).map(
    ({ severity, message }) => `${severity}: ${message}`,
  );

test('labels that kubelet takes', () => {
  for (const key of [
    'site',
    'a',
    'A.b_c-d',
    'example.com/rack',
    'node.kubernetes.io/x',
    'x.node.kubernetes.io/y',
    'kubelet.kubernetes.io/x',
    'kubernetes.io/hostname',
    'kubernetes.io/os',
    'kubernetes.io/arch',
    'node.kubernetes.io/instance-type',
    'topology.kubernetes.io/region',
    'topology.kubernetes.io/zone',
    'mykubernetes.io/x',
    'kubernetes.azure.com/agentpool',
    `${'a'.repeat(63)}/${'b'.repeat(63)}`,
  ]) {
    assert.deepEqual(codesOf(key), [], key);
  }
});

test('labels that kubelet refuses', () => {
  for (const key of [
    'kubernetes.io/role',
    'k8s.io/x',
    'a.k8s.io/x',
    'topology.kubernetes.io/rack',
    'storage.kubernetes.io/x',
  ]) {
    assert.deepEqual(codesOf(key), ['error: kubelet refuses to start with this label'], key);
  }
});

test('a role is not for the node to set', () => {
  assert.deepEqual(codesOf('node-role.kubernetes.io/worker', ''), ['error: a node can’t set its own role']);
});

test('keys and values that are no labels', () => {
  for (const key of [
    '',
    '-a',
    'a/',
    '/a',
    'a/b/c',
    'Example.com/a',
    'a b',
    'é',
    'b'.repeat(64),
    `${'a'.repeat(254)}/b`,
  ]) {
    assert.deepEqual(codesOf(key), ['error: this is not a label key'], key);
  }
  for (const value of ['-', 'a b', 'a/b', 'a'.repeat(64)]) {
    assert.deepEqual(codesOf('site', value), ['error: this is not a label value'], value);
  }
  assert.deepEqual(codesOf('site', ''), []);
});

test('labels that mean something to AKS', () => {
  assert.deepEqual(
    problemsOf(`node:
  labels:
    kubernetes.azure.com/managed: "true"
    kubernetes.azure.com/mode: system
    kubernetes.azure.com/cluster: aks1
`),
    [
      '6:5 error config/label: flexgen sets this label to `false` (remove it: with any other value AKS deletes the node when it is not Ready)',
      '7:5 error config/label: a node from outside Azure can’t be of a system pool (remove it: AKS would put the pods that the cluster needs on this node)',
      '8:5 warning config/label: this label brings AKS’s DaemonSets to the node: kube-proxy, CSI drivers, azure-cni (most of them need an Azure VM: remove it unless you want them)',
    ],
  );
  assert.deepEqual(codesOf('kubernetes.azure.com/mode', 'user'), []);
});
