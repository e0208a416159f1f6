import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { artifactAddress, upstreamUrl } from '../../../src/catalog/index.ts';
import { lacks, read } from '../../encode/reader.ts';
import { releaseOf } from '../../upstream/publish.ts';
import { execute, program } from '../run.ts';
import { startRegistry } from './registry.ts';
import { made, madeVersions, pause, supplySite } from './support.ts';
import type { SupplySite } from './support.ts';

const kubelet = upstreamUrl('kubelet', made.kubelet, 'amd64');
const runc = upstreamUrl('runc', made.runc, 'amd64');
const below = (url: string): string => url.replace('https://', 'mirror/');
const kubeletBytes = releaseOf('kubelet', made.kubelet, 'amd64');
const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

/** The same for every test: upstream is. */
let lock: string | undefined;

/** A site with a lock of one architecture: seven downloads, and an image. */
async function lockedSite(t: TestContext): Promise<SupplySite> {
  const site = await supplySite(t, madeVersions);
  site.write('flexgen.yaml', site.read('flexgen.yaml').replace('  kubernetes: 1.36.90\n', ''));
  if (lock === undefined) {
    const { exitCode, stderr } = await site.run(['lock', '--arch', 'amd64', '-k', made.kubelet]);
    assert.equal(exitCode, 0, stderr);
    lock = site.read('flexgen.lock.json');
  }
  site.write('flexgen.lock.json', lock);
  return site;
}

const bundle = (site: SupplySite, ...more: readonly string[]) =>
  site.run(['bundle', '--out', 'mirror', ...more]);

test('a mirror of all that is locked, and again: nothing is asked for', async (t) => {
  const site = await lockedSite(t);
  const first = await bundle(site);
  assert.equal(first.stderr, 'mirror: 8 files, 0.4 MB\n');
  assert.deepEqual([first.exitCode, first.stdout], [0, '']);
  assert.equal(site.read(below(kubelet)), kubeletBytes.toString());
  const check = await execute('sha256sum', ['-c', 'SHA256SUMS'], { cwd: join(site.folder, 'mirror') });
  assert.equal(check.stdout.match(/: OK$/gm)?.length, 8);
  assert.ok(site.upstream.together() <= 4);
  const files = site.files();
  const asked = site.upstream.requests.length;
  const again = await bundle(site, '--json');
  assert.equal(again.stderr, 'mirror: 8 files, 0.4 MB, 8 of them there before\n');
  assert.deepEqual((JSON.parse(again.stdout) as { files: unknown[] }).files[0], {
    path: below(upstreamUrl('cni-plugins', made['cni-plugins'], 'amd64')).replace('mirror/', ''),
    sha256: sha256(releaseOf('cni-plugins', made['cni-plugins'], 'amd64')),
    bytes: releaseOf('cni-plugins', made['cni-plugins'], 'amd64').length,
    kept: true,
  });
  assert.equal(site.upstream.requests.length, asked);
  assert.deepEqual(site.files(), files);
  // Another run in another place makes the same bytes, with the lock alone.
  rmSync(join(site.folder, 'flexgen.yaml'));
  const other = await site.run(['bundle', '--lock', 'flexgen.lock.json', '--out', 'other']);
  assert.equal(other.exitCode, 0, other.stderr);
  const pairs = Object.entries(site.files());
  assert.deepEqual(
    pairs.filter(([path]) => path.startsWith('other/')).map(([path, text]) => [path.slice(6), text]),
    pairs.filter(([path]) => path.startsWith('mirror/')).map(([path, text]) => [path.slice(7), text]),
  );
});

test('an image is an OCI layout in a tar, with its name', async (t) => {
  const site = await lockedSite(t);
  await bundle(site);
  const archive = join(site.folder, 'mirror/mcr.microsoft.com/oss/v2/kubernetes/pause/3.10.2/amd64.tar');
  const tar = (...args: readonly string[]) => execFileSync('tar', args).toString();
  const names = tar('tf', archive).trim().split('\n');
  assert.deepEqual(names.slice(0, 2), ['oci-layout', 'index.json']);
  for (const name of names.slice(2)) {
    assert.equal(name, `blobs/sha256/${sha256(execFileSync('tar', ['xOf', archive, name]))}`);
  }
  const { manifests } = JSON.parse(tar('xOf', archive, 'index.json')) as {
    manifests: { digest: string; annotations: Record<string, string> }[];
  };
  assert.equal(manifests.length, 1);
  assert.equal(manifests[0]?.annotations['io.containerd.image.name'], pause);
  assert.equal(names[2], `blobs/${manifests[0].digest.replace(':', '/')}`);
});

test('what was cut off goes on where it was', async (t) => {
  const site = await lockedSite(t);
  const half = Math.floor(kubeletBytes.length / 2);
  const part = join(site.folder, `${below(kubelet)}.part`);
  mkdirSync(dirname(part), { recursive: true });
  writeFileSync(part, kubeletBytes.subarray(0, half));
  const { exitCode } = await bundle(site);
  assert.equal(exitCode, 0);
  assert.equal(site.read(below(kubelet)), kubeletBytes.toString());
  assert.ok(!existsSync(part));
  const asked = site.upstream.requests.filter(
    ({ url, status }) => url.endsWith('/amd64/kubelet') && status === 206,
  );
  assert.deepEqual(
    asked.map(({ range }) => range),
    [`bytes=${half}-`],
  );
});

test('a part of something else, one that is too long, and one that is whole', async (t) => {
  const site = await lockedSite(t);
  const parts = [
    [kubelet, Buffer.from('something else')],
    [runc, Buffer.alloc(1_000_000)],
    [upstreamUrl('kubectl', made.kubectl, 'amd64'), releaseOf('kubectl', made.kubectl, 'amd64')],
  ] as const;
  for (const [url, bytes] of parts) site.write(`${below(url)}.part`, bytes);
  const { exitCode, stderr } = await bundle(site);
  assert.equal(exitCode, 0, stderr);
  assert.equal(site.read(below(kubelet)), kubeletBytes.toString());
  assert.equal(site.read(below(runc)), releaseOf('runc', made.runc, 'amd64').toString());
  assert.ok(!site.upstream.requests.some(({ url }) => url.endsWith('/amd64/kubectl')));
});

test('a server that has no ranges, and one that breaks off and then goes on', async (t) => {
  const site = await lockedSite(t);
  site.write(`${below(kubelet)}.part`, kubeletBytes.subarray(0, 100));
  site.upstream.fail(kubelet, (_, response) => void response.end(kubeletBytes));
  const runcBytes = releaseOf('runc', made.runc, 'amd64');
  const ranges: (string | undefined)[] = [];
  site.upstream.fail(runc, ({ headers }, response) => {
    ranges.push(headers.range);
    const from = Number(/\d+/.exec(headers.range ?? '0')?.[0]);
    const size = runcBytes.length;
    const range = { 'content-range': `bytes ${from}-${size - 1}/${size}` };
    response.writeHead(from === 0 ? 200 : 206, {
      'content-length': size - from,
      ...(from === 0 ? {} : range),
    });
    if (ranges.length > 1) return void response.end(runcBytes.subarray(from));
    response.write(runcBytes.subarray(0, 1000), () => response.destroy());
  });
  const { exitCode, stderr } = await bundle(site);
  assert.equal(exitCode, 0, stderr);
  assert.equal(site.read(below(kubelet)), kubeletBytes.toString());
  assert.equal(site.read(below(runc)), runcBytes.toString());
  assert.deepEqual(ranges, [undefined, 'bytes=1000-']);
});

test('a web page, another file, none at all: each is named, the rest arrives', async (t) => {
  const site = await lockedSite(t);
  site.upstream.fail(kubelet, (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<p>Sign in');
  });
  site.upstream.put(runc, Buffer.from('another'));
  const kubectl = upstreamUrl('kubectl', made.kubectl, 'amd64');
  site.upstream.remove(kubectl);
  const wanted = sha256(kubeletBytes);
  const { exitCode, stderr } = await bundle(site);
  assert.equal(exitCode, 5);
  const replaced =
    'upstream, or somebody on the way, has replaced the file: do not use it before you know why';
  assert.equal(
    stderr,
    `error: kubectl 1.36.90 (amd64): ${kubectl} answers 404
  upstream has it no more: run \`flexgen lock\` for what there is

error: kubelet 1.36.90 (amd64): expected sha256 ${wanted}, got ${sha256('<p>Sign in')} from ${kubelet}
  a web page came in its place, as from the sign-in of a network or a proxy: look at it in a browser

error: runc 1.4.90 (amd64): expected sha256 ${sha256(releaseOf('runc', made.runc, 'amd64'))}, got ${sha256('another')} from ${runc}
  ${replaced}
mirror is not complete: 5 files, 0.2 MB; run this again for the rest
`,
  );
  assert.ok(!Object.keys(site.files()).some((path) => path.endsWith('.part') || path.endsWith('SHA256SUMS')));
});

test('a file that was changed on the mirror is replaced; a private build is put there by hand', async (t) => {
  const site = await lockedSite(t);
  await bundle(site);
  appendFileSync(join(site.folder, below(kubelet)), 'x');
  const own = sha256('our runc');
  const changed = site
    .read('flexgen.lock.json')
    .replace(/"sha256": "[0-9a-f]+"(?=\s+}\s+],\s+"images")/, `"sha256": "${own}", "source": "private"`);
  site.write('flexgen.lock.json', changed);
  const { exitCode, stderr } = await bundle(site);
  assert.equal(exitCode, 5);
  assert.match(stderr, new RegExp(`expected sha256 ${own}`));
  const path = below(runc).replace('mirror/', '');
  assert.ok(
    stderr.includes(`the lock says that it is a build of your own: put it there by hand, as ${path}\n`),
  );
  assert.equal(site.read(below(kubelet)), kubeletBytes.toString());
  site.write(below(runc), 'our runc');
  assert.equal((await bundle(site)).exitCode, 0);
});

test('no lock, a lock that upstream contradicts, a folder that can’t be made', async (t) => {
  const site = await lockedSite(t);
  const none = await bundle(site, '--lock', 'none.json');
  assert.equal(none.exitCode, 3);
  assert.match(none.stderr, /there is no lock file none\.json\n {2}run `flexgen lock` first/);
  const artifact = {
    name: 'kubelet',
    version: '1.36.4',
    arch: 'amd64',
    url: upstreamUrl('kubelet', '1.36.4', 'amd64'),
    sha256: 'f'.repeat(64),
  };
  site.write('bad.json', JSON.stringify({ lockVersion: 1, artifacts: [artifact] }));
  const asked = site.upstream.requests.length;
  const bad = await bundle(site, '--lock', 'bad.json');
  assert.equal(bad.exitCode, 3);
  assert.match(bad.stderr, /the lock gives kubelet 1\.36\.4 \(amd64\) the sha256 f+, but upstream published/);
  assert.equal(site.upstream.requests.length, asked);
  site.write('mirror', 'a file');
  const file = await bundle(site);
  assert.equal(file.exitCode, 2);
  assert.match(file.stderr, /can't write .*: a part of its path is not a folder/);
});

test('a full disk ends it, and room lets it go on', async (t) => {
  if (process.getuid?.() !== 0) return lacks(t, 'root, for a disk of this size');
  const site = await lockedSite(t);
  const flexgen = `'${process.execPath}' '${program}' bundle -o mirror; echo "exit $?"`;
  const script = `mount -t tmpfs -o size=100k tmpfs mirror && ${flexgen}; mount -o remount,size=10m mirror && ${flexgen}`;
  mkdirSync(join(site.folder, 'mirror'));
  const { stdout, stderr } = await execute('unshare', ['--mount', 'sh', '-c', script], {
    cwd: site.folder,
    env: site.upstream.env,
  });
  assert.equal(stdout, 'exit 2\nexit 0\n', stderr);
  assert.match(
    stderr,
    /^error: can't write \S+: the disk is full\n {2}what has arrived is kept: make room, or name another folder, and run this again\nmirror: 8 files, 0\.4 MB/,
  );
  assert.equal(readFileSync(join(site.folder, 'flexgen.lock.json'), 'utf8').length > 0, true);
});

test('the folder is an artifact of a registry too, which then has each file under its digest', async (t) => {
  const missing = ['skopeo', 'docker-registry'].find((name) => read(name, ['--version']) === undefined);
  if (missing !== undefined) return lacks(t, missing);
  const site = await lockedSite(t);
  const { exitCode, stderr } = await bundle(site, '--oci');
  assert.equal(exitCode, 0, stderr);
  const registry = await startRegistry(join(site.folder, 'registry'));
  t.after(() => registry.stop());
  const target = `docker://127.0.0.1:${registry.port}/corp/flexgen:latest`;
  const args = ['--insecure-policy', 'copy', '--quiet', '--dest-tls-verify=false', '--preserve-digests'];
  const copied = await execute('skopeo', [...args, 'oci:mirror:flexgen', target], { cwd: site.folder });
  assert.equal(copied.exitCode, 0, copied.stderr);
  const blob = artifactAddress(
    kubelet,
    sha256(kubeletBytes),
    `oci://127.0.0.1:${registry.port}/corp/flexgen`,
  );
  assert.match(blob, /\/v2\/corp\/flexgen\/blobs\/sha256:[0-9a-f]{64}\?kubelet$/);
  const got = await fetch(blob.replace('https:', 'http:'));
  assert.deepEqual(Buffer.from(await got.arrayBuffer()), kubeletBytes);
  const files = site.files();
  await bundle(site, '--oci');
  assert.deepEqual(site.files(), files);
});
