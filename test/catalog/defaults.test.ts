import assert from 'node:assert/strict';
import { test } from 'node:test';
import { containerdSupports, defaultVersions, knownVersions } from '../../src/catalog/index.ts';

test('the defaults for a known Kubernetes', () => {
  assert.deepEqual(defaultVersions('1.35.8'), {
    kubernetes: '1.35.8',
    containerd: '2.3.4',
    runc: '1.4.3',
    cniPlugins: '1.9.1',
    crictl: '1.35.0',
    nodeProblemDetector: '1.36.0',
  });
});

test('a Kubernetes whose minor has no crictl yet gets the newest', () => {
  assert.equal(defaultVersions('1.37.2').crictl, '1.36.0');
});

test('every default is shipped with a digest, and containerd fits each Kubernetes', () => {
  for (const kubernetes of knownVersions('kubelet')) {
    const versions = defaultVersions(kubernetes);
    assert.ok(knownVersions('containerd').includes(versions.containerd));
    assert.ok(knownVersions('runc').includes(versions.runc));
    assert.ok(knownVersions('cni-plugins').includes(versions.cniPlugins));
    assert.ok(knownVersions('crictl').includes(versions.crictl));
    assert.ok(containerdSupports(Number(kubernetes.split('.')[1]), versions.containerd));
  }
});
