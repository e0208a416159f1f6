import assert from 'node:assert/strict';
import { chmodSync, mkdirSync } from 'node:fs';
import { suite, test } from 'node:test';
import { createRig } from '../run.ts';
import { sample, sampleFiles } from '../sample.ts';
import { withSources } from './support.ts';

const files = { ...sampleFiles, 'flexgen.yaml': sample };
const usage = '(`flexgen --help` shows the commands)\n';
const hint = '  name a folder that is not there yet, or one that flexgen has made\n';
const kinds = 'qemu, azure, amazon, google, vsphere, proxmox, hyperv';
const option = "error: option '-s, --source <kinds>' argument";
const NOBODY = 65_534;

/** A command line after `packer`, and how it ends. */
const lines: readonly (readonly [args: readonly string[], exitCode: number, stderr: string])[] = [
  [[], 2, `error: required option '-o, --out <folder>' not specified\n${usage}`],
  [
    ['-o', 'build', '-s', 'qemu,virtualbox'],
    2,
    `${option} 'qemu,virtualbox' is invalid. There is no source "virtualbox"; there are ${kinds}.\n${usage}`,
  ],
  [
    ['-o', 'build', '-s', ''],
    2,
    `${option} '' is invalid. There is no source ""; there are ${kinds}.\n${usage}`,
  ],
  [['-o', 'no/such/build'], 2, `error: can't write no/such/build: its folder does not exist\n${hint}`],
  [['-o', 'token'], 2, `error: can't write token: it is not a folder\n${hint}`],
  [['-o', 'token/build'], 2, `error: can't write token/build: it is not a folder\n${hint}`],
  [['-o', '.'], 2, `error: can't write .: it is the folder that you are in\n${hint}`],
  [['-o', '..'], 2, `error: can't write ..: it is the folder that you are in\n${hint}`],
];

suite('flexgen packer refuses', { concurrency: 2 }, () => {
  for (const [args, exitCode, stderr] of lines) {
    test(args.join(' '), async (t) => {
      const rig = createRig(t, files);
      assert.deepEqual(await rig.flexgen(['packer', ...args]), { exitCode, stdout: '', stderr });
      assert.deepEqual(rig.files(), files);
    });
  }

  test('a folder that somebody else has made', async (t) => {
    const rig = createRig(t, { ...files, 'build/build.pkr.hcl': '# mine\n' });
    const before = rig.files();
    assert.deepEqual(await rig.flexgen(['packer', '-o', 'build']), {
      exitCode: 2,
      stdout: '',
      stderr: `error: can't write build: it has files, and flexgen has not made it\n${hint}`,
    });
    assert.deepEqual(rig.files(), before);
  });

  test('one of its own with a file of somebody else in it', async (t) => {
    const rig = createRig(t, files);
    assert.equal((await rig.flexgen(['packer', '-o', 'build'])).exitCode, 0);
    rig.write('build/mine.pkrvars.hcl', '');
    const before = rig.files();
    assert.deepEqual(await rig.flexgen(['packer', '-o', 'build']), {
      exitCode: 2,
      stdout: '',
      stderr: `error: can't write build: it has a file that is not flexgen’s: mine.pkrvars.hcl\n${hint}`,
    });
    assert.deepEqual(rig.files(), before);
  });

  test('a folder that may not be written to', async (t) => {
    const rig = createRig(t, files);
    mkdirSync(`${rig.folder}/closed`, { mode: 0o555 });
    // Everything may be written to by root.
    const user = process.getuid?.() === 0 ? { id: NOBODY } : {};
    chmodSync(rig.folder, 0o755);
    assert.deepEqual(await rig.flexgen(['packer', '-o', 'closed/build'], user), {
      exitCode: 2,
      stdout: '',
      stderr: `error: can't write closed/build: its folder may not be written to\n${hint}`,
    });
    assert.deepEqual(rig.files(), files);
  });

  test('sources that lack something, all of it at once, each with its path', async (t) => {
    const rig = createRig(t, {
      ...files,
      'flexgen.yaml': withSources({ azure: '{ location: westeurope }' }),
    });
    const { exitCode, stdout, stderr } = await rig.flexgen(['packer', '-o', 'build', '-s', 'azure,vsphere']);
    assert.deepEqual({ exitCode, stdout }, { exitCode: 3, stdout: '' });
    assert.equal(
      stderr,
      `error: \`image.sources.vsphere\` needs \`server\`
 --> flexgen.yaml:8:3
  |
8 |   sources:
  |   ^^^^^^^ add \`server\`, e.g. \`server: vcenter.corp.example\`

error: \`image.sources.vsphere\` needs \`template\`
 --> flexgen.yaml:8:3
  |
8 |   sources:
  |   ^^^^^^^ add \`template\`, e.g. \`template: noble-cloudimg\`

error: \`image.sources.vsphere\` needs \`cluster\` or \`host\`
 --> flexgen.yaml:8:3
  |
8 |   sources:
  |   ^^^^^^^ add one, e.g. \`cluster: cluster-1\`

error: \`image.sources.azure\` needs \`resourceGroup\`
 --> flexgen.yaml:9:5
  |
9 |     azure: { location: westeurope }
  |     ^^^^^ add \`resourceGroup\`, e.g. \`resourceGroup: images\`
`,
    );
    assert.deepEqual(Object.keys(rig.files()).toSorted(), Object.keys(files).toSorted());
  });

  for (const [settings, problem] of [
    ['qemu: { url: ./disk.img }', 'nothing says the checksum of this image'],
    ['qemu: { checksum: none }', 'this is not a checksum'],
    ['qemu: { diskSize: 20 }', 'expected a string, found a number'],
    ["amazon: { region: '{{ pwd }}' }", '`region` has `{{`, which Packer would take for a template'],
    [
      "google: { projectId: p, zone: z, labels: { a: '{{' } }",
      '`labels` has `{{`, which Packer would take for a template',
    ],
    ['azure: { location: westeurope, resourceGroup: rg, clientSecret: x }', 'unknown key `clientSecret`'],
    ['virtualbox: {}', 'unknown key `virtualbox`'],
    ['qemu: { memory: 1 }', '`memory` must be from 512 to 1048576'],
    [String.raw`amazon: { region: "a\nb" }`, 'the character U+000A (a line break) may not stand here'],
  ] as const) {
    test(settings, async (t) => {
      const kind = settings.slice(0, settings.indexOf(':'));
      const config = withSources({ [kind]: settings.slice(kind.length + 2) });
      const rig = createRig(t, { ...files, 'flexgen.yaml': config });
      const { exitCode, stderr } = await rig.flexgen(['packer', '-o', 'build']);
      const [first] = stderr.split('\n');
      assert.deepEqual({ exitCode, first }, { exitCode: 3, first: `error: ${problem}` });
      assert.deepEqual(Object.keys(rig.files()).toSorted(), Object.keys(files).toSorted());
    });
  }
});
