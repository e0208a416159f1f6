import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { checkHygiene, hygieneTable, items } from './hygiene/index.ts';
import type { BakedTree } from './hygiene/item.ts';
import { plants, put } from './hygiene/plants.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const words = ['the-build-user', 'a-secret-of-the-build'];

/** The least that an image can have. */
async function cleanTree(t: TestContext): Promise<BakedTree> {
  const folder = await mkdtemp(join(tmpdir(), 'flexgen-hygiene-'));
  t.after(() => rm(folder, { recursive: true }));
  const [root, disk] = [join(folder, 'root'), join(folder, 'disk')];
  await writeFile(disk, 'a disk that nothing was deleted from');
  const [join_, kubelet, image] = ['#!/bin/bash\n', 'a program', 'an image'];
  const manifest = {
    id: '1.34.4-debian-13-amd64-0123456789ab',
    arch: 'amd64',
    artifacts: [{ name: 'kubelet', version: '1.34.4', folder: '', sha256: sha256(kubelet) }],
    files: [{ path: '/usr/local/lib/flexgen/join', mode: '0755', sha256: sha256(join_) }],
    packages: { curl: '8' },
    images: [{ name: 'example.com/a:1', digest: `sha256:${sha256(image)}` }],
    built: '2026-11-25T03:44:48Z',
  };
  const content = 'var/lib/containerd/io.containerd.content.v1.content/blobs/sha256';
  await put(root, 'etc/machine-id', '');
  await put(root, 'etc/hostname', 'localhost\n');
  await put(root, 'etc/passwd', 'root:x:0:0::/root:/bin/bash\nnobody:x:65534:65534::/:/bin/false\n');
  await put(root, 'etc/shadow', 'root:*:1::::::\nnobody:!:1::::::\n');
  await put(root, 'etc/sudoers.d/README', '# nothing\n');
  await put(root, 'etc/fstab', 'LABEL=root / ext4 defaults 0 1\n');
  await put(root, 'etc/flexgen/image.json', JSON.stringify(manifest));
  await put(root, 'usr/local/lib/flexgen/join', join_, 0o755);
  await put(root, 'usr/local/bin/kubelet', kubelet, 0o755);
  await put(root, `${content}/${sha256(image)}`, image);
  await put(root, 'etc/systemd/system/x', '');
  await symlink('/dev/null', join(root, 'etc/systemd/system/swap.target'));
  await symlink('../run/systemd/resolve/stub-resolv.conf', join(root, 'etc/resolv.conf'));
  return { root, disk, words };
}

/** The names of the items that are violated. */
async function violated(tree: BakedTree): Promise<readonly string[]> {
  const findings = await checkHygiene(tree);
  return findings.filter(({ violations }) => violations.length > 0).map(({ item }) => item.name);
}

test('a clean image has nothing that it should not', async (t) => {
  assert.deepEqual(await violated(await cleanTree(t)), []);
});

for (const { name } of items) {
  test(`seen when it is violated: ${name}`, async (t) => {
    const tree = await cleanTree(t);
    const plant = plants[name];
    assert.ok(plant !== undefined, 'nobody knows how to violate it');
    await plant(tree);
    const found = await violated(tree);
    assert.ok(found.includes(name), `found: ${found.join(', ') || 'nothing'}`);
  });
}

test('the table says what was read, or what is there', async (t) => {
  const tree = await cleanTree(t);
  for (const name of ['a', 'b', 'c', 'd']) await put(tree.root, `var/log/${name}`, 'x');
  const table = hygieneTable(await checkHygiene(tree)).split('\n');
  assert.match(table[0] ?? '', /^ok {2}an empty machine-id {2,}\/etc\/machine-id /);
  const logs = table.find((line) => line.includes('no log '));
  assert.match(logs ?? '', /^NO {2}no log {2,}\/var\/log\/a, \/var\/log\/b, \/var\/log\/c and 1 more$/);
});
