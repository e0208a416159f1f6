import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fat12 } from '../../../src/render/disk/fat12.ts';
import { iso9660 } from '../../../src/render/disk/iso9660.ts';
import type { DiskFile, Volume } from '../../../src/render/disk/tree.ts';
import { canRead, imageFile, isoListing, isoNames, jolietFile, mtools, probe, xorriso } from './images.ts';

const file = (path: string, content: string): DiskFile => ({ path, content: Buffer.from(content, 'latin1') });

/** Bytes of all values, of this length. */
const bytes = (length: number): string =>
  Buffer.from(Uint8Array.from({ length }, (_, index) => index * 7 + (index >> 8))).toString('latin1');

/** At and around the ends of sectors and clusters; folders; names that are alike in eight characters. */
const volumes: Readonly<Record<string, Volume>> = {
  'a seed': {
    label: 'cidata',
    files: [file('user-data', '#cloud-config\n{}\n'), file('meta-data', 'instance-id: i\n')],
  },
  'folders': {
    label: 'config-2',
    files: [
      file('openstack/latest/user_data', bytes(70_000)),
      file('openstack/latest/meta_data.json', '{}'),
      file('openstack/content/0000', 'x'),
    ],
  },
  'sizes': {
    label: 'x',
    files: [0, 1, 511, 512, 513, 2047, 2048, 2049].map((size) => file(`of-${size}-bytes`, bytes(size))),
  },
  'names': {
    label: 'ABCDEFGHIJK',
    files: [
      file('README.TXT', 'short'),
      file('exactly-13-ch', 'one piece'),
      file('exactly-26-characters-long', 'two'),
      file('network-config', 'n'),
      file('network-condition', 'm'),
      file('.hidden', 'h'),
    ],
  },
  // More entries than a sector of either has.
  'many files': {
    label: 'many',
    files: Array.from({ length: 150 }, (_, index) => file(`folder/file-number-${index}`, String(index))),
  },
};

const expected = ({ files }: Volume): Readonly<Record<string, string>> =>
  Object.fromEntries(
    files
      .map(({ path, content }) => [path, Buffer.from(content).toString('latin1')] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );

const names = (volume: Volume): string[] => Object.keys(expected(volume)).map((path) => `/${path}`);

for (const [name, volume] of Object.entries(volumes)) {
  suite(name, () => {
    test('ISO 9660: label and type by blkid, files by xorriso, names by isoinfo', (t) => {
      if (!canRead(t, 'iso9660')) return;
      const image = imageFile(t, iso9660(volume));
      const { TYPE, LABEL } = probe(image);
      assert.deepEqual({ TYPE, LABEL }, { TYPE: 'iso9660', LABEL: volume.label });
      assert.deepEqual(xorriso(t, image), expected(volume));
      const all = names(volume);
      for (const extension of ['R', 'J'] as const) {
        const listed = isoNames(image, extension).map((path) => path.replace(/;1$/, ''));
        // It lists folders too.
        assert.deepEqual(listed.filter((path) => all.includes(path)).toSorted(), all);
      }
      const [path = '', content] = Object.entries(expected(volume))[0] ?? [];
      assert.equal(jolietFile(image, `/${path};1`), content);
    });

    test('vfat: label and type by blkid, no complaint of fsck.vfat, files by mtools', (t) => {
      if (!canRead(t, 'vfat')) return;
      const image = imageFile(t, fat12(volume));
      const { TYPE, LABEL, VERSION } = probe(image);
      assert.deepEqual({ TYPE, LABEL, VERSION }, { TYPE: 'vfat', LABEL: volume.label, VERSION: 'FAT12' });
      assert.deepEqual(mtools(t, image), expected(volume));
    });
  });
}

suite('images', () => {
  for (const [name, make, unit] of [
    ['ISO 9660', iso9660, 2048],
    ['vfat', fat12, 32_768],
  ] as const)
    test(`${name}: whole units, and the same bytes in whatever order the files come`, () => {
      for (const volume of Object.values(volumes)) {
        const image = make(volume);
        assert.equal(image.length % unit, 0);
        assert.deepEqual(make({ ...volume, files: volume.files.toReversed() }), image);
      }
    });

  test('ISO 9660: each file may be read by its owner alone', (t) => {
    if (!canRead(t, 'iso9660')) return;
    const image = imageFile(t, iso9660(volumes['a seed'] ?? assert.fail()));
    assert.match(isoListing(image), /^-r-{8} +1 +0 +0 .* user-data $/m);
  });

  test('vfat: what is large has larger clusters, and what is too large is refused', (t) => {
    if (!canRead(t, 'vfat')) return;
    const large = file('user-data', bytes(3_000_000));
    const image = imageFile(t, fat12({ label: 'cidata', files: [large] }));
    assert.equal(probe(image)['VERSION'], 'FAT12');
    assert.deepEqual(mtools(t, image), { 'user-data': Buffer.from(large.content).toString('latin1') });
    const tooLarge = { path: 'user-data', content: new Uint8Array(132_000_000) };
    assert.throws(() => fat12({ label: 'cidata', files: [tooLarge] }), RangeError);
  });
});
