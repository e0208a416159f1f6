import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checksumOf, readChecksum } from '../../src/catalog/index.ts';

const digest = 'a'.repeat(64);
const other = 'b'.repeat(64);
const of = { file: 'runc.amd64', algorithm: 'sha256' } as const;

test('where each upstream has its digests', () => {
  assert.deepEqual(checksumOf('kubelet', '1.36.4', 'arm64'), {
    url: 'https://dl.k8s.io/release/v1.36.4/bin/linux/arm64/kubelet.sha256',
    algorithm: 'sha256',
    file: 'kubelet',
  });
  const github = 'https://github.com';
  assert.equal(
    checksumOf('containerd', '2.3.4', 'amd64').url,
    `${github}/containerd/containerd/releases/download/v2.3.4/containerd-2.3.4-linux-amd64.tar.gz.sha256sum`,
  );
  assert.equal(
    checksumOf('runc', '1.4.3', 'amd64').url,
    `${github}/opencontainers/runc/releases/download/v1.4.3/runc.sha256sum`,
  );
  assert.equal(
    checksumOf('cni-plugins', '1.9.1', 'amd64').url,
    `${github}/containernetworking/plugins/releases/download/v1.9.1/cni-plugins-linux-amd64-v1.9.1.tgz.sha256`,
  );
  assert.equal(
    checksumOf('crictl', '1.36.0', 'amd64').url,
    `${github}/kubernetes-sigs/cri-tools/releases/download/v1.36.0/crictl-v1.36.0-linux-amd64.tar.gz.sha256`,
  );
  assert.deepEqual(checksumOf('node-problem-detector', '1.36.0', 'amd64'), {
    url: `${github}/kubernetes/node-problem-detector/releases/download/v1.36.0/node-problem-detector-v1.36.0-linux_amd64.tar.gz.sha512`,
    algorithm: 'sha512',
    file: 'node-problem-detector-v1.36.0-linux_amd64.tar.gz',
  });
});

test('a digest alone, or in a list under exactly its name', () => {
  for (const text of [
    digest,
    `${digest}\n`,
    `${digest.toUpperCase()}\r\n`,
    `${digest}  runc.amd64\n`,
    `${digest} *runc.amd64\n`,
    `${other}  runc.amd64.asc\n${other}  runc.arm64\n${digest}  ./runc.amd64\n`,
  ]) {
    assert.equal(readChecksum(text, of), digest, JSON.stringify(text));
  }
});

test('what gives no digest of it', () => {
  for (const text of [
    '',
    'digest',
    digest.slice(1),
    `${digest}0`,
    `${digest}  runc.amd64.asc\n`,
    `${digest}  other/runc.amd64\n`,
    `${digest}\n${other}\n`,
    `<!doctype html><p>${digest}</p>`,
  ]) {
    assert.equal(readChecksum(text, of), undefined, JSON.stringify(text));
  }
  assert.equal(readChecksum(digest, { ...of, algorithm: 'sha512' }), undefined);
});
