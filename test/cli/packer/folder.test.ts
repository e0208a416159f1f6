import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { lacks, read } from '../../encode/reader.ts';
import { createRig, root } from '../run.ts';
import type { Rig } from '../run.ts';
import { sample, sampleFiles } from '../sample.ts';
import { needs, withSources } from './support.ts';

const files = { ...sampleFiles, 'flexgen.yaml': sample };
const made = /^build makes flexgen-(\S+): `packer init build && packer build build`\n$/;

async function write(rig: Rig, ...args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await rig.flexgen(['packer', '--out', 'build', ...args]);
  assert.deepEqual({ exitCode, stdout }, { exitCode: 0, stdout: '' }, stderr);
  return made.exec(stderr)?.[1] ?? assert.fail(stderr);
}

const id = '11111111-2222-4333-8444-555555555555';
const principal = `  mode: service-principal\n  clientId: ${id}\n  tenantId: ${id}\n`;

/** Credentials that are not to be had where the image is baked. */
const unreadable = {
  'a token': '  mode: bootstrap-token\n  token: { env: NOT_SET }\n',
  'a secret': `${principal}  secret: { command: [no-such-program] }\n`,
  'a certificate': `${principal}  certificate: { file: no-such.pem }\n`,
  'an onboarding principal': `  mode: arc
  subscriptionId: ${id}
  resourceGroup: rg
  location: westeurope
  tenantId: ${id}
  onboarding: service-principal
  servicePrincipal: { clientId: ${id}, secret: { file: no-such } }
`,
} as const;

/** What is in the folder, by path in it. */
const built = (rig: Rig): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(rig.files())
      .filter(([path]) => path.startsWith('build/'))
      .map(([path, content]) => [path.slice('build/'.length), content]),
  );

suite('flexgen packer', { concurrency: 2 }, () => {
  test('writes all that Packer needs, for QEMU unless something else is said', async (t) => {
    const rig = createRig(t, files);
    const image = await write(rig);
    const paths = Object.keys(built(rig)).filter((path) => !path.startsWith('bake/node/'));
    assert.deepEqual(paths, [
      '.gitignore',
      'bake/clean',
      'bake/files.tsv',
      'bake/golden.sh',
      'bake/image.json',
      'bake/provision',
      'bake/reset-golden.sh',
      'bake/verify',
      'build-key',
      'build.pkr.hcl',
      'cidata/meta-data',
      'cidata/user-data',
      'plugins.pkr.hcl',
      'qemu.pkr.hcl',
      'values.auto.pkrvars.json',
      'variables.pkr.hcl',
    ]);
    assert.deepEqual(JSON.parse(rig.read('build/values.auto.pkrvars.json')), {
      image_name: `flexgen-${image}`,
      qemu_url:
        'https://cloud-images.ubuntu.com/releases/24.04/release/ubuntu-24.04-server-cloudimg-amd64.img',
      qemu_checksum: 'file:https://cloud-images.ubuntu.com/releases/24.04/release/SHA256SUMS',
      qemu_disk_size: '20G',
      qemu_memory: 2048,
      qemu_cpus: 2,
      qemu_accelerator: 'kvm',
      qemu_machine_type: 'q35',
      qemu_binary: 'qemu-system-x86_64',
      qemu_args: [['-cpu', 'max']],
      qemu_output: 'output',
      qemu_headless: true,
      qemu_ssh_timeout: '20m',
    });
    assert.equal(rig.mode('build/build-key'), '600');
    assert.equal(rig.read('build/.gitignore'), 'build-key\n');
  });

  test('the node’s files are as the list says, and the list is what image.json says', async (t) => {
    const rig = createRig(t, files);
    const name = await write(rig);
    const image = JSON.parse(rig.read('build/bake/image.json')) as {
      id: string;
      files: { path: string; mode: string; sha256: string }[];
    };
    assert.equal(image.id, name);
    const list = image.files.map(({ path, mode, sha256 }) => `${sha256}\t${mode}\t${path}\n`);
    assert.equal(rig.read('build/bake/files.tsv'), list.join(''));
    for (const { path, mode, sha256 } of image.files) {
      const at = `build/bake/node${path}`;
      assert.equal(createHash('sha256').update(rig.read(at)).digest('hex'), sha256, path);
      assert.equal(`0${rig.mode(at)}`, mode, path);
    }
    const laid = Object.keys(built(rig)).filter((path) => path.startsWith('bake/node/'));
    assert.equal(laid.length, image.files.length);
  });

  test('the key is made once, opens what the seed lets in, and is what OpenSSH reads', async (t) => {
    const rig = createRig(t, files);
    await write(rig);
    const before = built(rig);
    await write(rig);
    assert.deepEqual(built(rig), before);
    const [, key = ''] = /^ - (ssh-ed25519 \S+)/m.exec(rig.read('build/cidata/user-data')) ?? [];
    const publicKey = read('ssh-keygen', ['-y', '-f', join(rig.folder, 'build/build-key')]);
    if (publicKey === undefined) return lacks(t, 'ssh-keygen');
    assert.equal(publicKey.trim().split(' ').slice(0, 2).join(' '), key);
  });

  test('a folder of its own is replaced as a whole, and where a link leads', async (t) => {
    const rig = createRig(t, { ...files, 'all.yaml': withSources(needs) });
    await write(rig, '--config', 'all.yaml');
    assert.ok('hyperv.pkr.hcl' in built(rig));
    const { ino } = statSync(`${rig.folder}/build`);
    symlinkSync('build', `${rig.folder}/link`);
    const { exitCode } = await rig.flexgen(['packer', '--out', 'link', '--source', 'azure']);
    assert.equal(exitCode, 3);
    assert.equal(statSync(`${rig.folder}/build`).ino, ino);
    assert.equal(
      (await rig.flexgen(['packer', '-o', 'link', '-s', 'google,amazon', '-c', 'all.yaml'])).exitCode,
      0,
    );
    const names = Object.keys(built(rig)).filter((path) => path.endsWith('.hcl'));
    assert.deepEqual(names, [
      'amazon.pkr.hcl',
      'build.pkr.hcl',
      'google.pkr.hcl',
      'plugins.pkr.hcl',
      'variables.pkr.hcl',
    ]);
    assert.match(
      rig.read('build/build.pkr.hcl'),
      /sources = \["source.amazon-ebs.flexgen", "source.googlecompute.flexgen"\]/,
    );
    // Nobody signs in with a seed there.
    assert.ok(!('cidata/user-data' in built(rig)));
  });

  for (const [name, auth] of Object.entries(unreadable)) {
    test(`who bakes has no secret: ${name}`, async (t) => {
      const config = `apiVersion: flexgen/v1\ncluster: { facts: facts.yaml }\nauth:\n${auth}network: { mode: external }\n`;
      const merge = 'userData: { merge: no-such.yaml }\n';
      const rig = createRig(t, { ...sampleFiles, 'flexgen.yaml': config + merge });
      await write(rig);
    });
  }

  test('the image is the one that a payload with the secret is for', async (t) => {
    const starters = join(root, 'templates/config');
    for (const name of ['certificate', 'service-principal']) {
      const rig = createRig(t);
      const config = join(starters, `${name}.yaml`);
      const image = await write(rig, '--config', config);
      const golden = ['cloud-init', '--image', 'golden', '--offline', '--no-setup', '--config', config];
      const { stdout } = await rig.flexgen(golden);
      assert.ok(stdout.includes(`IMAGE='${image}'`) || stdout.includes(`IMAGE=${image}`), name);
    }
  });
});
