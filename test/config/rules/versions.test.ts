import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inlineProblemsOf, problemsOf } from '../support.ts';

const lock = 'artifacts: {lock: flexgen.lock.json}\n';

test('kubelet may be three minors older than the cluster, and never newer', () => {
  assert.deepEqual(inlineProblemsOf(`${lock}versions: {kubernetes: 1.36.9}\n`), []);
  assert.deepEqual(inlineProblemsOf(`${lock}versions: {kubernetes: 1.33.0}\n`), []);
  const hint = '(take 1.33 to 1.36, or remove this key to take the cluster’s version)';
  assert.deepEqual(inlineProblemsOf(`${lock}versions: {kubernetes: 1.32.9}\n`), [
    `11:24 error config/skew: kubelet 1.32.9 is too old for the cluster, which runs 1.36.4 ${hint}`,
  ]);
  assert.deepEqual(inlineProblemsOf(`${lock}versions: {kubernetes: 1.37.0}\n`), [
    `11:24 error config/skew: kubelet 1.37.0 is newer than the cluster, which runs 1.36.4 ${hint}`,
  ]);
  assert.deepEqual(inlineProblemsOf(`${lock}versions: {kubernetes: 2.36.0}\n`), [
    `11:24 error config/skew: kubelet 2.36.0 is newer than the cluster, which runs 1.36.4 ${hint}`,
  ]);
});

test('containerd must suit the kubelet, not the cluster', () => {
  const hint = '(take containerd 2.2.0 or newer, below 3, or remove this key to take what suits)';
  assert.deepEqual(inlineProblemsOf(`${lock}versions: {containerd: 2.1.9}\n`), [
    `11:24 error config/version-pair: containerd 2.1.9 does not suit Kubernetes 1.36 ${hint}`,
  ]);
  assert.deepEqual(inlineProblemsOf(`${lock}versions: {containerd: 2.1.9, kubernetes: 1.35.8}\n`), []);
});

test('a version without a digest, unless a lock file may have it', () => {
  assert.deepEqual(
    problemsOf('versions: {runc: 9.9.9}\n').map((line) => line.slice(0, 71)),
    ['4:18 error config/unknown-version: flexgen knows no digest of runc 9.9.'],
  );
  assert.deepEqual(problemsOf(`${lock}versions: {runc: 9.9.9}\n`), []);
});

test('a version has three numbers', () => {
  for (const version of ['v1.36.4', '1.36', '1.36.4-rc.1', '1.036.4', 'latest', '1.36.4 ']) {
    assert.deepEqual(problemsOf(`versions: {kubernetes: "${version}"}\n`), [
      '4:24 error config/version: this is not a full version (write all three numbers, without `v`, e.g. `1.36.4`)',
    ]);
  }
});
