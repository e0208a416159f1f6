import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatLock, parseLock } from '../../src/catalog/index.ts';
import type { LockedArtifact } from '../../src/catalog/index.ts';

const runc: LockedArtifact = {
  name: 'runc',
  version: '1.4.3',
  arch: 'arm64',
  url: 'https://github.com/opencontainers/runc/releases/download/v1.4.3/runc.arm64',
  sha256: 'b'.repeat(64),
  source: 'private',
};
const kubelet: LockedArtifact = {
  name: 'kubelet',
  version: '1.37.2',
  arch: 'amd64',
  url: 'https://dl.k8s.io/release/v1.37.2/bin/linux/amd64/kubelet',
  sha256: 'a'.repeat(64),
  source: 'upstream',
};

const text = `{
  "lockVersion": 1,
  "artifacts": [
    {
      "name": "kubelet",
      "version": "1.37.2",
      "arch": "amd64",
      "url": "https://dl.k8s.io/release/v1.37.2/bin/linux/amd64/kubelet",
      "sha256": "${kubelet.sha256}"
    },
    {
      "name": "runc",
      "version": "1.4.3",
      "arch": "arm64",
      "url": "https://github.com/opencontainers/runc/releases/download/v1.4.3/runc.arm64",
      "sha256": "${runc.sha256}",
      "source": "private"
    }
  ]
}
`;

test('the same artifacts in any order give the same text', () => {
  assert.equal(formatLock({ artifacts: [runc, kubelet], images: [] }), text);
  assert.equal(formatLock({ artifacts: [kubelet, runc], images: [] }), text);
});

test('an empty lock', () => {
  assert.equal(formatLock({ artifacts: [], images: [] }), '{\n  "lockVersion": 1,\n  "artifacts": []\n}\n');
});

test('what is written is read back, with the place of each digest', () => {
  const lock = parseLock(text, 'flexgen.lock.json');
  assert.ok(lock.ok);
  assert.equal(formatLock(lock.value), text);
  assert.deepEqual(lock.value.artifacts[1], {
    ...runc,
    location: {
      file: 'flexgen.lock.json',
      line: 16,
      column: 17,
      length: 66,
      text: `      "sha256": "${runc.sha256}",`,
    },
  });
});
