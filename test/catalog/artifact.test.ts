import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseLock, resolveArtifact } from '../../src/catalog/index.ts';
import type { Lock, LockedArtifact } from '../../src/catalog/index.ts';

const shipped = 'cf2562db46c48ab84cc3791540778ee7fb1a0a008529adbb434723dd02ed8b4b';
const other = 'a'.repeat(64);
const kubelet = {
  name: 'kubelet',
  version: '1.36.4',
  arch: 'amd64',
  url: 'https://dl.k8s.io/release/v1.36.4/bin/linux/amd64/kubelet',
} as const;

function lockOf(...artifacts: readonly LockedArtifact[]): Lock {
  return { artifacts, images: [] };
}

test('without a lock: upstream and the shipped digest', () => {
  assert.deepEqual(resolveArtifact('kubelet', '1.36.4', 'amd64', null), {
    ok: true,
    value: { ...kubelet, sha256: shipped },
    warnings: [],
  });
});

test('a locked URL and digest are taken as they are', () => {
  const url = 'https://files.corp/kubelet';
  const lock = lockOf({ ...kubelet, url, sha256: other, source: 'upstream' });
  assert.deepEqual(resolveArtifact('kubelet', '1.36.4', 'amd64', lock), {
    ok: true,
    value: { ...kubelet, url, sha256: other },
    warnings: [],
  });
});

test('a lock entry counts for its own architecture and version only', () => {
  const lock = lockOf(
    { ...kubelet, arch: 'arm64', sha256: other, source: 'private' },
    { ...kubelet, version: '1.36.3', sha256: other, source: 'private' },
  );
  const resolved = resolveArtifact('kubelet', '1.36.4', 'amd64', lock);
  assert.equal(resolved.ok && resolved.value.sha256, shipped);
});

test('a version that is not shipped comes from the lock', () => {
  const lock = lockOf({ ...kubelet, version: '1.37.2', sha256: other, source: 'upstream' });
  const resolved = resolveArtifact('kubelet', '1.37.2', 'amd64', lock);
  assert.equal(resolved.ok && resolved.value.sha256, other);
});

test('upstream’s own URL with another digest is refused', () => {
  const location = { file: 'flexgen.lock.json', line: 9, column: 17, length: 66, text: '…' };
  const lock = lockOf({ ...kubelet, sha256: other, source: 'upstream', location });
  assert.deepEqual(resolveArtifact('kubelet', '1.36.4', 'amd64', lock), {
    ok: false,
    errors: [
      {
        severity: 'error',
        code: 'catalog/lock-conflict',
        message: `the lock gives kubelet 1.36.4 (amd64) the sha256 ${other}, but upstream published ${shipped}`,
        hint: 'run `flexgen lock` to renew the entry; if this is a build of your own, add "source": "private" to it',
        location,
      },
    ],
  });
});

test('… unless the entry says that it is a private build', () => {
  const lock = lockOf({ ...kubelet, sha256: other, source: 'private' });
  assert.deepEqual(resolveArtifact('kubelet', '1.36.4', 'amd64', lock), {
    ok: true,
    value: { ...kubelet, sha256: other },
    warnings: [],
  });
});

test('a version without a digest names `flexgen lock` and the versions near it', () => {
  assert.deepEqual(resolveArtifact('kubelet', '1.37.2', 'arm64', null), {
    ok: false,
    errors: [
      {
        severity: 'error',
        code: 'catalog/no-digest',
        message: 'no sha256 is known for kubelet 1.37.2 (arm64)',
        hint: 'run `flexgen lock` to write its digest to flexgen.lock.json, or take a version it knows: 1.36.4, 1.36.3, 1.36.2',
      },
    ],
  });
});

test('a component of which no version is shipped names `flexgen lock` alone', () => {
  assert.deepEqual(resolveArtifact('node-problem-detector', '1.36.0', 'amd64', null), {
    ok: false,
    errors: [
      {
        severity: 'error',
        code: 'catalog/no-digest',
        message: 'no sha256 is known for node-problem-detector 1.36.0 (amd64)',
        hint: 'run `flexgen lock` to write its digest to flexgen.lock.json',
      },
    ],
  });
});

test('what is no version is said so', () => {
  assert.deepEqual(resolveArtifact('runc', 'v1.4.3', 'amd64', null), {
    ok: false,
    errors: [
      {
        severity: 'error',
        code: 'catalog/version',
        message: 'runc version "v1.4.3" is not of the form 1.2.3',
        hint: 'for example 1.4.3, without a leading v',
      },
    ],
  });
});

test('a vendor’s package is where the lock says, or nowhere', () => {
  const agent = {
    name: 'azcmagent',
    version: '1.60.03293.809',
    arch: 'amd64',
    url: 'https://files.corp/azcmagent.deb',
    sha256: other,
  } as const;
  const parsed = parseLock(JSON.stringify({ lockVersion: 1, artifacts: [agent] }), 'flexgen.lock.json');
  assert.ok(parsed.ok, JSON.stringify(parsed));
  assert.deepEqual(resolveArtifact('azcmagent', '1.60.03293.809', 'amd64', parsed.value), {
    ok: true,
    value: agent,
    warnings: [],
  });
  const lacking = resolveArtifact('azcmagent', '1.60.03293.809', 'arm64', parsed.value);
  assert.deepEqual(lacking.ok ? [] : lacking.errors.map(({ code, message }) => [code, message]), [
    ['catalog/no-digest', 'no sha256 is known for azcmagent 1.60.03293.809 (arm64)'],
  ]);
});
