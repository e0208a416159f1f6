import assert from 'node:assert/strict';
import { test } from 'node:test';
import { architectures, components, knownVersions, parseVersion } from '../../src/catalog/index.ts';
import { nearestVersions, shippedDigest } from '../../src/catalog/digests.ts';

test('every shipped version has a sha256 for every architecture, and no two files share one', () => {
  const owners = new Map<string, string>();
  for (const component of components) {
    for (const version of knownVersions(component)) {
      for (const arch of architectures) {
        const file = `${component} ${version} ${arch}`;
        const digest = shippedDigest(component, version, arch) ?? '';
        assert.match(digest, /^[0-9a-f]{64}$/, file);
        assert.equal(owners.get(digest), undefined, file);
        owners.set(digest, file);
      }
    }
  }
  assert.equal(owners.size, 2 * (26 * 3 + 35 + 21 + 5 + 4));
});

test('known versions are newest first', () => {
  assert.deepEqual(knownVersions('crictl'), ['1.36.0', '1.35.0', '1.34.0', '1.33.0']);
  assert.deepEqual(knownVersions('kubelet').slice(12, 17), [
    '1.35.1',
    '1.35.0',
    '1.34.11',
    '1.34.10',
    '1.34.9',
  ]);
  assert.deepEqual(knownVersions('kubelet'), knownVersions('kubeadm'));
  assert.deepEqual(knownVersions('node-problem-detector'), []);
});

test('no containerd older than 2.0 is shipped: flexgen writes config version 3', () => {
  assert.ok(knownVersions('containerd').every((version) => parseVersion(version)?.major === 2));
});

test('a version that is not shipped has no digest, whatever its name', () => {
  assert.equal(shippedDigest('kubelet', '1.36.99', 'amd64'), undefined);
  assert.equal(shippedDigest('kubelet', 'constructor', 'amd64'), undefined);
});

test('the nearest versions: of the same minor the closest, of another the newest', () => {
  assert.deepEqual(nearestVersions('kubelet', '1.37.2'), ['1.36.4', '1.36.3', '1.36.2']);
  assert.deepEqual(nearestVersions('kubelet', '1.34.20'), ['1.34.11', '1.34.10', '1.34.9']);
  assert.deepEqual(nearestVersions('runc', '1.3.9'), ['1.3.6', '1.3.5', '1.3.4']);
  assert.deepEqual(nearestVersions('crictl', 'latest'), ['1.36.0', '1.35.0', '1.34.0']);
  assert.deepEqual(nearestVersions('node-problem-detector', '1.36.0'), []);
});
