import assert from 'node:assert/strict';
import { test } from 'node:test';
import { archivePath, parseImageRef, storedName } from '../../src/catalog/index.ts';

const digest = `sha256:${'a'.repeat(64)}`;

test('what kubelet calls an image, and where its archive is', () => {
  for (const [image, name, path] of [
    ['registry.k8s.io/pause:3.10', 'registry.k8s.io/pause:3.10', 'registry.k8s.io/pause/3.10'],
    ['docker.io/busybox', 'docker.io/library/busybox:latest', 'docker.io/library/busybox/latest'],
    ['docker.io/me/it:1', 'docker.io/me/it:1', 'docker.io/me/it/1'],
    [`a.b:5000/c:1@${digest}`, `a.b:5000/c@${digest}`, `a.b_5000/c/${digest.replace(':', '-')}`],
  ] as const) {
    const ref = parseImageRef(image);
    assert.ok(ref);
    assert.equal(storedName(ref), name);
    assert.equal(archivePath(image, 'arm64'), `${path}/arm64.tar`);
  }
});

test('what is no full name', () => {
  for (const image of ['pause', 'a/b@sha256:1', 'https://a/b:1', 'a/B:1', '']) {
    assert.equal(parseImageRef(image), undefined, image);
  }
});
