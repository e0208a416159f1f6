import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { envelopes } from '../../../src/render/cloud-init/envelopes/index.ts';
import { lacks } from '../../encode/reader.ts';
import { root, temporary } from '../../cli/run.ts';
import { missing, python } from '../cloud-init.ts';
import { renderStarter } from '../starters.ts';
import { canRead, imageFile, mtools, probe, xorriso } from './images.ts';

const userData = await renderStarter('bootstrap-token');

const drives = [
  { name: 'nocloud-iso', source: 'NoCloud', kind: 'iso9660', read: xorriso },
  { name: 'nocloud-vfat', source: 'NoCloud', kind: 'vfat', read: mtools },
  { name: 'configdrive', source: 'ConfigDrive', kind: 'iso9660', read: xorriso },
] as const;

/** What cloud-init's datasource makes of an image whose files other readers have laid out. */
async function datasource(
  t: TestContext,
  source: string,
  image: string,
  files: Readonly<Record<string, string>>,
): Promise<unknown> {
  const folder = join(temporary(t), 'drive');
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content, 'latin1');
  }
  const outcome = await python([`${root}/test/render/disk/datasource.py`, source, image, folder]);
  if (outcome === undefined) return undefined;
  assert.equal(outcome.exitCode, 0, outcome.stderr);
  return JSON.parse(outcome.stdout);
}

interface Found {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly userData: string;
  readonly vendorData: unknown;
  readonly network: unknown;
}

suite('drives', () => {
  for (const { name, source, kind, read } of drives) {
    const { wrap } = envelopes[name];

    test(`${name}: cloud-init’s datasource reads the payload, the name and an id of the payload’s own`, async (t) => {
      if (!canRead(t, kind)) return;
      const look = async (text: string, node: string): Promise<Found | undefined> => {
        const image = imageFile(t, wrap({ userData: text, name: node }));
        assert.equal(probe(image)['LABEL'], source === 'NoCloud' ? 'cidata' : 'config-2');
        return (await datasource(t, source, image, read(t, image))) as Found | undefined;
      };
      const found = await look(userData, 'edge-01');
      if (found === undefined) return lacks(t, missing);
      assert.equal(found.userData, userData);
      assert.equal(found.metadata['local-hostname'], 'edge-01');
      // DHCP on the first interface: what cloud-init does where nobody says anything.
      assert.equal(found.network, null);
      assert.ok(found.vendorData === null || found.vendorData === '');
      const id = found.metadata['instance-id'];
      const other = await look(`${userData}#\n`, '');
      assert.notEqual(other?.metadata['instance-id'], id);
      assert.equal(other?.metadata['local-hostname'], undefined);
    });

    test(`${name}: the same bytes each time`, () => {
      const input = { userData, name: 'edge-01' };
      assert.deepEqual(wrap(input), wrap(input));
    });
  }

  test('ConfigDrive: the id is a UUID', (t) => {
    if (!canRead(t, 'iso9660')) return;
    const image = imageFile(t, envelopes.configdrive.wrap({ userData, name: 'edge-01' }));
    const { uuid, ...rest } = JSON.parse(xorriso(t, image)['openstack/latest/meta_data.json'] ?? '') as {
      readonly uuid: string;
    };
    assert.match(uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.deepEqual(rest, { hostname: 'edge-01', name: 'edge-01' });
  });
});
