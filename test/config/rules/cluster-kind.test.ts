import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base, brief, diagnose } from '../support.ts';

const problemsOf = (cluster: string) => brief(diagnose(base.replace('{facts: ./aks1.facts.yaml}', cluster)));

const id =
  '/subscriptions/11111111-2222-3333-4444-555555555555/resourcegroups/rg/providers/microsoft.containerservice/managedclusters/aks1';

test('each of the three kinds alone is enough', () => {
  assert.deepEqual(problemsOf('{facts: a.yaml}'), []);
  assert.deepEqual(problemsOf(`{resourceId: ${id}}`), []);
  assert.deepEqual(
    problemsOf(
      '{server: https://a.example, ca: {file: ca}, kubernetesVersion: 1.36.4, clusterDNS: 10.0.0.10}',
    ),
    [],
  );
});

test('none of the three', () => {
  assert.deepEqual(problemsOf('{}'), [
    '2:1 error config/cluster-kind: `cluster` says nothing of the cluster (add `resourceId`, or `facts`, or `server`, `ca`, `kubernetesVersion` and `clusterDNS`)',
  ]);
});

test('two of the three', () => {
  assert.deepEqual(problemsOf('{facts: a.yaml, clusterDomain: corp.local}'), [
    '2:26 error config/cluster-kind: `clusterDomain` and `facts` exclude each other (`facts` says all of the cluster: keep one of the two)',
  ]);
});

test('inline values that lack some', () => {
  assert.deepEqual(problemsOf('{server: https://a.example, clusterDNS: 10.0.0.10}'), [
    '2:1 error config/missing-key: `cluster` needs `ca` (add `ca`; or name the cluster by `facts` or `resourceId` instead)',
    '2:1 error config/missing-key: `cluster` needs `kubernetesVersion` (add `kubernetesVersion`; or name the cluster by `facts` or `resourceId` instead)',
  ]);
});
