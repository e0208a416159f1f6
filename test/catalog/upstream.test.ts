import assert from 'node:assert/strict';
import { test } from 'node:test';
import { components, mirrored, upstreamUrl } from '../../src/catalog/index.ts';
import type { Component } from '../../src/catalog/index.ts';

const expected: Record<Exclude<Component, 'azcmagent'>, string> = {
  'kubelet': 'https://dl.k8s.io/release/v1.36.4/bin/linux/arm64/kubelet',
  'kubectl': 'https://dl.k8s.io/release/v1.36.4/bin/linux/arm64/kubectl',
  'kubeadm': 'https://dl.k8s.io/release/v1.36.4/bin/linux/arm64/kubeadm',
  'containerd':
    'https://github.com/containerd/containerd/releases/download/v1.36.4/containerd-1.36.4-linux-arm64.tar.gz',
  'runc': 'https://github.com/opencontainers/runc/releases/download/v1.36.4/runc.arm64',
  'cni-plugins':
    'https://github.com/containernetworking/plugins/releases/download/v1.36.4/cni-plugins-linux-arm64-v1.36.4.tgz',
  'crictl':
    'https://github.com/kubernetes-sigs/cri-tools/releases/download/v1.36.4/crictl-v1.36.4-linux-arm64.tar.gz',
  'node-problem-detector':
    'https://github.com/kubernetes/node-problem-detector/releases/download/v1.36.4/node-problem-detector-v1.36.4-linux_arm64.tar.gz',
};

for (const component of components) {
  // A vendor's package: only a lock file says where it is.
  if (component === 'azcmagent') continue;
  test(`the upstream URL of ${component}`, () => {
    assert.equal(upstreamUrl(component, '1.36.4', 'arm64'), expected[component]);
  });
}

test('the architecture is the URL’s own', () => {
  assert.equal(
    upstreamUrl('runc', '1.4.3', 'amd64'),
    'https://github.com/opencontainers/runc/releases/download/v1.4.3/runc.amd64',
  );
});

test('a mirror holds upstream URLs without their scheme', () => {
  for (const mirror of ['https://mirror.corp/k8s', 'https://mirror.corp/k8s/', 'https://mirror.corp/k8s//']) {
    assert.equal(mirrored('https://dl.k8s.io/a/b', mirror), 'https://mirror.corp/k8s/dl.k8s.io/a/b');
  }
  assert.equal(mirrored('https://dl.k8s.io/a', 'https://10.0.2.2:8443'), 'https://10.0.2.2:8443/dl.k8s.io/a');
});

test('without a mirror a URL stays what it is', () => {
  assert.equal(mirrored('https://dl.k8s.io/a/b', null), 'https://dl.k8s.io/a/b');
});
