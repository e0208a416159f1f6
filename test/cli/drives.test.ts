import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { canRead, mtools, probe, xorriso } from '../render/disk/images.ts';
import { createRig } from './run.ts';
import { sample, sampleFiles } from './sample.ts';

// More than any provider takes, and less than a disk with the smallest clusters holds.
const mine = `#cloud-config\nwrite_files: [{ path: /opt/mine, content: "${'x'.repeat(300_000)}" }]\n`;
const files = {
  ...sampleFiles,
  'mine.yaml': mine,
  'flexgen.yaml': `${sample}userData: { merge: mine.yaml }\nnode: { name: edge-01 }\n`,
};

suite('cloud-init: drives', { concurrency: 2 }, () => {
  for (const [envelope, kind, label, path] of [
    ['nocloud-iso', 'iso9660', 'cidata', 'user-data'],
    ['nocloud-vfat', 'vfat', 'cidata', 'user-data'],
    ['configdrive', 'iso9660', 'config-2', 'openstack/latest/user_data'],
  ] as const) {
    test(`${envelope}: no limit counts, and the user-data in it is as readable as it would be in a file`, async (t) => {
      if (!canRead(t, kind)) return;
      const rig = createRig(t, files);
      const outcome = await rig.flexgen(['cloud-init', '--envelope', envelope, '--out', 'drive']);
      assert.deepEqual(outcome, { exitCode: 0, stdout: '', stderr: '' });
      assert.equal(rig.mode('drive'), '600');
      const image = `${rig.folder}/drive`;
      assert.equal(probe(image)['LABEL'], label);
      const found = (kind === 'vfat' ? mtools : xorriso)(t, image)[path] ?? '';
      assert.match(found, /^#cloud-config\n# flexgen: edge-01 becomes a node of aks1;/);
      assert.ok(found.includes('x'.repeat(300_000)));
      assert.ok(!found.includes('gz+b64'));
    });
  }

  test('Hyper-V takes a CD, which goes to a pipe as it is', async (t) => {
    const rig = createRig(t, files);
    const out = await rig.flexgen(['cloud-init', '--target', 'hyperv', '--out', 'seed.iso']);
    assert.equal(out.exitCode, 0, out.stderr);
    const image = readFileSync(`${rig.folder}/seed.iso`);
    assert.equal(image.toString('latin1', 0x8001, 0x8006), 'CD001');
    // What a pipe gets is text to the test, so that only its length in characters can be looked at.
    const piped = await rig.flexgen(['cloud-init', '--envelope', 'nocloud-iso']);
    assert.equal(piped.exitCode, 0, piped.stderr);
    assert.equal(piped.stdout, image.toString());
  });

  test('who takes no drive is said, and nothing is written', async (t) => {
    const rig = createRig(t, files);
    const args = ['cloud-init', '--target', 'aws', '--envelope', 'configdrive', '--out', 'drive'];
    const { exitCode, stderr } = await rig.flexgen(args);
    assert.equal(exitCode, 3);
    assert.match(stderr, /^error: Amazon EC2 does not take the envelope `configdrive`\n/);
    assert.deepEqual(rig.files(), files);
  });
});
