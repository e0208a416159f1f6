import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formats } from '../../../src/config/values/index.ts';
import { certificate } from '../certificate.ts';

interface Samples {
  readonly good: readonly string[];
  readonly bad: readonly string[];
}

const key = 'AAAAC3NzaC1lZDI1NTE5AAAAIBhUvxyLOMhqqeTr9yvJ0lS1Yj9xRkB4M1q3hc4WvPvw';
const cluster = 'providers/Microsoft.ContainerService/managedClusters/aks1';
const subscription = '/subscriptions/11111111-2222-3333-4444-555555555555';

const samples: Readonly<Record<string, Samples>> = {
  'cluster-name': { good: ['aks1', 'My_Cluster-1'], bad: ['', '-a', 'a b', 'a'.repeat(64)] },
  'domain': { good: ['cluster.local', 'a'], bad: ['', 'Corp.local', '.local', 'a..b', 'a.'] },
  'env-name': { good: ['TOKEN', '_a1'], bad: ['', '1A', 'A-B', 'A=b', '$A'] },
  'guid': {
    good: ['11111111-2222-3333-4444-55555555abCD'],
    bad: ['', '11111111222233334444555555555555', '{11111111-2222-3333-4444-555555555555}'],
  },
  'https-url': {
    good: ['https://a', 'https://a.example:443/', 'https://10.0.0.1:6443', 'https://[fd00::1]:6443/x/y'],
    bad: [
      '',
      'a.example',
      'http://a',
      'https://',
      'https://a b',
      'https://a:0',
      'https://a:65536',
      'https://me@a',
      'https://a?x=1',
      'https://a#b',
      'https://[::1',
      'https://1.2.3',
      'https://a/`x`',
      'ftp://a',
      'https://a_b',
    ],
  },
  'image': {
    good: [
      'mcr.microsoft.com/oss/v2/kubernetes/pause:3.10.2',
      'localhost:5000/a:b',
      `a.example/b@sha256:${'0'.repeat(64)}`,
    ],
    bad: [
      '',
      'pause',
      'A.example/b',
      'a.example/b:',
      'a.example/b c',
      'a.example/b:x y',
      'a.example/b@sha256:0',
    ],
  },
  'interface': { good: ['eth0', 'enp0s3', 'br-lan.7'], bad: ['', 'a b', 'abcdefghijklmnop', '../x', '-x'] },
  'artifact-mirror': {
    good: ['https://a/k8s', 'file:///media/a', 'oci://a:5000/b/c'],
    bad: ['a', 'file://a/b', 'oci://a', 'oci://me@a/b', 'oci://a/B', 'https://me:x@a'],
  },
  'mirror-url': { good: ['https://a/k8s'], bad: ['a', 'https://me:x@a'] },
  'no-proxy': {
    good: ['localhost', '.corp.example', '10.0.0.0/8', 'fd00::1', '10.0.0.1:80', 'host:8080'],
    bad: ['', '*', '*.corp', 'a b', '10.0.0.1/8', 'a,b', 'http://a'],
  },
  'node-name': {
    good: ['edge-01', 'a.b.c', 'a'.repeat(63), '0'],
    bad: ['', 'Edge', 'a_b', '-a', 'a-', 'a..b', 'a'.repeat(64), 'a.'.repeat(127) + 'bb'],
  },
  'pem': {
    good: [certificate, certificate + certificate, `subject=/CN=x\n${certificate}`],
    bad: [
      '',
      'x',
      certificate.replace('BEGIN', 'BEGUN'),
      certificate.replace('M', 'N'),
      certificate.slice(0, 200),
      `${certificate}-----BEGIN PRIVATE KEY-----`,
    ],
  },
  'proxy-url': {
    good: ['http://proxy.corp:3128', 'https://10.0.0.1:8080/'],
    bad: ['proxy.corp:3128', 'http://a:b@c', 'http://a/b', 'socks5://a'],
  },
  'registry-host': {
    good: ['_default', 'mcr.microsoft.com', 'a:5000', '10.0.0.1:5000'],
    bad: ['', 'https://a', 'a/b', '_other', 'a:0', '..'],
  },
  'resource-id': {
    good: [
      `${subscription}/resourceGroups/rg/${cluster}`,
      `${subscription}/resourcegroups/Rg_(1).x/${cluster.toUpperCase()}`,
    ],
    bad: [
      '',
      `${subscription}/resourceGroups/rg`,
      `${subscription}/resourceGroups/rg/${cluster}/agentPools/x`,
      `/subscriptions/x/resourceGroups/rg/${cluster}`,
      `${subscription}/resourceGroups/r g/${cluster}`,
      `${subscription}/resourceGroups/rg./${cluster}`,
      cluster,
    ],
  },
  'ssh-key': {
    good: [`ssh-ed25519 ${key}`, `ssh-ed25519 ${key} me@laptop\n`],
    bad: [
      '',
      key,
      `ssh-rsa ${key}`,
      'ssh-ed25519 AAAA',
      `ssh-ed25519 ${key}\nssh-ed25519 ${key}`,
      '-----BEGIN OPENSSH PRIVATE KEY-----',
      `command="x" ssh-ed25519 ${key}`,
    ],
  },
};

for (const [format, { good, bad }] of Object.entries(samples)) {
  test(format, () => {
    const check = formats[format];
    assert.ok(check !== undefined);
    for (const text of good) assert.equal(check(text), undefined, text);
    for (const text of bad) {
      const problem = check(text);
      assert.ok(problem !== undefined && problem.severity !== 'warning', text);
      assert.ok(problem.message.length > 0 && (problem.hint ?? '').length > 0, text);
    }
  });
}

test('a mirror without encryption is a warning', () => {
  assert.equal(formats['mirror-url']?.('http://10.0.2.2:8000')?.severity, 'warning');
});

test('a CA that tools hand out as base64', () => {
  const problem = formats['pem']?.(Buffer.from(certificate).toString('base64'));
  assert.equal(problem?.hint, 'it may be the base64 of one: decode it first (`base64 -d`)');
});
