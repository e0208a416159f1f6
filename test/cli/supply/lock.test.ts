import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checksumOf, parseLock, shippedDigest } from '../../../src/catalog/index.ts';
import type { Lock } from '../../../src/catalog/index.ts';
import { publish, publishImage } from '../../upstream/publish.ts';
import { sample } from '../sample.ts';
import { made, madeVersions, pause, supplySite } from './support.ts';
import type { SupplySite } from './support.ts';

function locked(site: SupplySite): Lock {
  const lock = parseLock(site.read('flexgen.lock.json'), 'flexgen.lock.json');
  assert.ok(lock.ok);
  return lock.value;
}

const versionsOf = ({ artifacts }: Lock, name: string): string[] => [
  ...new Set(artifacts.filter((one) => one.name === name).map(({ version }) => version)),
];

const gone = { exitCode: 0, stdout: '' } as const;

test('a lock of the cluster’s version, and again: the same bytes, and nothing to say', async (t) => {
  const site = await supplySite(t, 'artifacts: { lock: flexgen.lock.json }\n');
  const first = await site.run(['lock']);
  assert.equal(first.stderr, 'flexgen.lock.json: 14 downloads and 2 images; 16 changes\n');
  assert.equal(first.exitCode, 0);
  const names = [
    'cni-plugins 1.9.1',
    'containerd 2.3.4',
    'crictl 1.36.0',
    'kubeadm 1.36.4',
    'kubectl 1.36.4',
  ];
  const all = [...names, 'kubelet 1.36.4', pause, 'runc 1.4.3'];
  assert.equal(first.stdout, all.flatMap((name) => [`+ ${name} amd64\n`, `+ ${name} arm64\n`]).join(''));
  const lock = locked(site);
  for (const { name, version, arch, sha256, source } of lock.artifacts) {
    assert.equal(sha256, shippedDigest(name, version, arch));
    assert.equal(source, 'upstream');
  }
  assert.deepEqual(new Set(lock.images.map(({ image }) => image)), new Set([pause]));
  assert.equal(site.mode('flexgen.lock.json'), '644');
  const text = site.read('flexgen.lock.json');
  const again = await site.run(['lock']);
  assert.deepEqual(again, {
    ...gone,
    stderr: 'flexgen.lock.json: 14 downloads and 2 images; nothing has changed\n',
  });
  assert.equal(site.read('flexgen.lock.json'), text);
  // An image whose manifest is known is not read again.
  const blobs = site.upstream.requests.filter(({ url }) => url.includes('/blobs/'));
  assert.equal(blobs.filter(({ status }) => status === 200).length, 4);
  const valid = await site.run(['validate']);
  assert.equal(valid.exitCode, 0, valid.stderr);
});

test('versions that flexgen does not know are as upstream has them, and a config can use them then', async (t) => {
  const site = await supplySite(t, madeVersions.replace('1.36.90', '1.36.4').replace('1.36.90', '1.36.0'));
  const { exitCode, stderr } = await site.run(['lock', '--arch', 'amd64', '--kubernetes', made.kubelet]);
  assert.equal(stderr, 'flexgen.lock.json: 7 downloads and 1 image; 8 changes\n');
  assert.equal(exitCode, 0);
  assert.deepEqual(versionsOf(locked(site), 'kubelet'), ['1.36.90']);
});

test('minors and ranges take the newest release of each', async (t) => {
  const site = await supplySite(t);
  site.upstream.put('https://dl.k8s.io/release/stable-1.35.txt', Buffer.from('v1.35.8\n'));
  site.upstream.put('https://dl.k8s.io/release/stable-1.36.txt', Buffer.from('v1.36.4'));
  const { exitCode, stderr } = await site.run(['lock', '-k', '1.35-1.36', '-k', '1.34.2', '--arch', 'arm64']);
  assert.equal(
    stderr,
    'flexgen.lock.json: 15 downloads and 1 image; 16 changes\nname it in the config: `artifacts: {lock: flexgen.lock.json}`\n',
  );
  assert.equal(exitCode, 0);
  const lock = locked(site);
  assert.deepEqual(versionsOf(lock, 'kubelet').toSorted(), ['1.34.2', '1.35.8', '1.36.4']);
  assert.deepEqual(versionsOf(lock, 'crictl').toSorted(), ['1.34.0', '1.35.0', '1.36.0']);
  const none = await site.run(['lock', '-k', '1.37']);
  assert.equal(none.exitCode, 4);
  assert.match(none.stderr, /upstream names no release of Kubernetes 1\.37 at https:\/\/dl\.k8s\.io/);
  for (const wrong of ['1', 'v1.36', '1.36-1.35', '1.20-1.36', '2.0']) {
    const { exitCode: usage, stderr: said } = await site.run(['lock', '-k', wrong]);
    assert.equal(usage, 2);
    assert.match(said, /Write a version like 1\.36\.4, a minor like 1\.36 or a range like 1\.35-1\.37\./);
  }
});

test('kube-proxy and node-problem-detector, where the config wants them', async (t) => {
  const site = await supplySite(t, 'components: { nodeProblemDetector: on, kubeProxy: on }\n');
  publish(site.upstream, 'node-problem-detector', '1.36.0');
  publishImage(site.upstream, 'registry.k8s.io/kube-proxy:v1.36.4');
  const { exitCode, stderr } = await site.run(['lock']);
  assert.match(stderr, /16 downloads and 4 images/);
  assert.equal(exitCode, 0);
  const { url } = checksumOf('node-problem-detector', '1.36.0', 'amd64');
  site.upstream.put(
    url,
    Buffer.from(`${'0'.repeat(128)}  node-problem-detector-v1.36.0-linux_amd64.tar.gz\n`),
  );
  const wrong = await site.run(['lock']);
  assert.equal(wrong.exitCode, 5);
  assert.match(wrong.stderr, /linux_amd64\.tar\.gz is not what https:.*\.sha512 says/);
});

test('what a person has put there stays', async (t) => {
  const site = await supplySite(t, 'artifacts: { lock: flexgen.lock.json }\n');
  const own = {
    name: 'kubelet',
    version: '1.36.4',
    arch: 'amd64',
    url: 'https://builds.corp/kubelet',
    sha256: '1'.repeat(64),
  };
  const agent = { ...own, name: 'azcmagent', version: '1.2.3.4', url: 'https://packages.corp/a.deb' };
  const stale = { ...own, version: '1.36.3' };
  const artifacts = [{ ...own, source: 'private' }, agent, stale];
  site.write('flexgen.lock.json', JSON.stringify({ lockVersion: 1, artifacts }));
  const { exitCode, stdout } = await site.run(['lock']);
  assert.equal(exitCode, 0);
  assert.match(stdout, /^- kubelet 1\.36\.3 amd64$/m);
  const lock = locked(site);
  assert.equal(lock.artifacts.find(({ name }) => name === 'azcmagent')?.sha256, '1'.repeat(64));
  const kubelets = lock.artifacts.filter(({ name }) => name === 'kubelet');
  assert.deepEqual(
    kubelets.map(({ arch, source }) => `${arch} ${source}`),
    ['amd64 private', 'arm64 upstream'],
  );
});

test('--check: as it is, not there, otherwise', async (t) => {
  const site = await supplySite(t, 'artifacts: { lock: flexgen.lock.json }\n');
  const none = await site.run(['lock', '--check']);
  assert.equal(none.exitCode, 5);
  assert.equal(none.stderr, 'flexgen.lock.json is not there yet: run `flexgen lock`\n');
  assert.equal(site.files()['flexgen.lock.json'], undefined);
  await site.run(['lock']);
  const same = await site.run(['lock', '--check', '--json']);
  assert.deepEqual(same, {
    exitCode: 0,
    stdout: '{\n  "changes": []\n}\n',
    stderr: 'flexgen.lock.json is as upstream publishes it: 14 downloads and 2 images\n',
  });
  publishImage(site.upstream, pause, ['amd64']);
  site.write('flexgen.lock.json', site.read('flexgen.lock.json').replaceAll('"1.9.1"', '"1.8.0"'));
  const other = await site.run(['lock', '--check', '--json', '--arch', 'amd64']);
  assert.equal(other.exitCode, 5);
  const { changes } = JSON.parse(other.stdout) as { changes: { kind: string; entry: string }[] };
  assert.deepEqual(
    changes.filter(({ entry }) => entry.includes('amd64')),
    [
      { kind: 'removed', entry: 'cni-plugins 1.8.0 amd64' },
      { kind: 'added', entry: 'cni-plugins 1.9.1 amd64' },
    ],
  );
});

test('upstream says another digest than it once did', async (t) => {
  const site = await supplySite(t);
  const { url } = checksumOf('kubelet', '1.36.4', 'amd64');
  site.upstream.put(url, Buffer.from('f'.repeat(64)));
  const { exitCode, stderr } = await site.run(['lock']);
  assert.equal(exitCode, 5);
  assert.equal(
    stderr,
    `error: ${url} gives kubelet 1.36.4 (amd64) the sha256 ${'f'.repeat(64)}, but upstream published ${shippedDigest('kubelet', '1.36.4', 'amd64')}
  somebody on the way, or upstream itself, has replaced the file: do not use it before you know why
`,
  );
  assert.equal(site.files()['flexgen.lock.json'], undefined);
});

test('a web page, another file’s list, nobody there, and a way without encryption', async (t) => {
  const site = await supplySite(t);
  const page = checksumOf('kubelet', '1.36.4', 'amd64').url;
  site.upstream.fail(page, (_, response) => void response.end('<!DOCTYPE html><p>Sign in'));
  const list = checksumOf('runc', '1.4.3', 'amd64').url;
  site.upstream.fail(list, (_, response) => void response.end(`${'a'.repeat(64)}  runc.riscv64\n`));
  const plain = checksumOf('crictl', '1.36.0', 'amd64').url;
  site.upstream.fail(
    plain,
    (_, response) => void response.writeHead(302, { location: 'http://cdn.example/' }).end(),
  );
  const long = checksumOf('kubectl', '1.36.4', 'amd64').url;
  site.upstream.fail(long, (_, response) => void response.end('x'.repeat(70_000)));
  const lost = checksumOf('kubeadm', '1.36.4', 'amd64').url;
  site.upstream.remove(lost);
  const { exitCode, stderr, stdout } = await site.run(['lock', '--arch', 'amd64']);
  assert.equal(exitCode, 5);
  assert.equal(stdout, '');
  assert.equal(
    stderr,
    `error: ${page} has no digest of kubelet 1.36.4 (amd64)
  it is a web page: something on the way, like the sign-in of a network, answers in upstream’s place

error: https://cdn.dl.k8s.io/release/v1.36.4/bin/linux/amd64/kubectl.sha256 is longer than 65536 bytes
  check the network; a proxy is taken from HTTPS_PROXY, its CA from NODE_EXTRA_CA_CERTS

error: upstream has no kubeadm 1.36.4: ${lost} answers 404
  check the version; \`versions\` of the config pins another one

error: ${list} has no digest of runc 1.4.3 (amd64)
  look at it: it is no checksum file, or one of other files

error: release-assets.githubusercontent.com leads to http://cdn.example, which is not https
  check the network; a proxy is taken from HTTPS_PROXY, its CA from NODE_EXTRA_CA_CERTS
`,
  );
  const nobody = await site.run(['lock'], { HTTPS_PROXY: 'http://127.0.0.1:1' });
  assert.equal(nobody.exitCode, 4);
  assert.match(
    nobody.stderr,
    /^error: the proxy http:\/\/127\.0\.0\.1:1 can’t be reached \(ECONNREFUSED\)\n/,
  );
  const stranger = await site.run(['lock'], { NODE_EXTRA_CA_CERTS: '' });
  assert.equal(stranger.exitCode, 4);
  assert.match(
    stranger.stderr,
    /dl\.k8s\.io: its certificate is not signed by an authority that is trusted here/,
  );
});

test('a registry that gives tokens to everybody, one that has no such image, one that sends something else', async (t) => {
  const image = 'registry.corp/team/tool:1.2';
  const site = await supplySite(t, `image: { images: [${image}] }\n`);
  const none = await site.run(['lock']);
  assert.equal(none.exitCode, 4);
  assert.equal(
    none.stderr,
    `error: there is no image ${image}: its registry answers 404\n  check its name and its tag\n`,
  );
  const [digest = ''] = Object.values(publishImage(site.upstream, image, ['amd64']));
  const missing = await site.run(['lock']);
  assert.equal(missing.exitCode, 5);
  assert.match(
    missing.stderr,
    /registry\.corp\/team\/tool:1\.2 is not there for linux\/arm64\n +lock one architecture alone \(`--arch`\)/,
  );
  const fine = await site.run(['lock', '--arch', 'amd64']);
  assert.equal(fine.exitCode, 0, fine.stderr);
  const sent = site.upstream.requests.filter(({ authorization }) => authorization !== null);
  assert.deepEqual(new Set(sent.map(({ url }) => new URL(url).host)), new Set(['registry.corp']));
  site.write('flexgen.lock.json', '{"lockVersion":1,"artifacts":[]}');
  site.upstream.fail(
    `https://registry.corp/v2/team/tool/manifests/${digest}`,
    (_, response) => void response.end('{}'),
  );
  const wrong = await site.run(['lock', '--arch', 'amd64']);
  assert.equal(wrong.exitCode, 5);
  assert.match(wrong.stderr, /manifests\/sha256:[0-9a-f]+ answers what has another digest/);
});

test('a broken lock file is not written over, and a folder that is not there is said', async (t) => {
  const site = await supplySite(t);
  site.write('flexgen.lock.json', '{"lockVersion":1,');
  const broken = await site.run(['lock']);
  assert.equal(broken.exitCode, 3);
  assert.match(broken.stderr, /flexgen\.lock\.json:1:18/);
  assert.equal(site.read('flexgen.lock.json'), '{"lockVersion":1,');
  const nowhere = await site.run(['lock', '--out', 'no/where.json']);
  assert.equal(nowhere.exitCode, 2);
  assert.match(nowhere.stderr, /can't write no\/where\.json: its folder does not exist/);
  site.write('flexgen.yaml', sample.replace('flexgen/v1', 'flexgen/v9'));
  assert.equal((await site.run(['lock'])).exitCode, 3);
});
