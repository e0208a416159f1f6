import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMachine } from '../../node/scripts/shell.ts';
import { decode } from '../../render/decode.ts';
import { createRig } from '../run.ts';
import { sample, sampleFiles } from '../sample.ts';
import { pause } from './support.ts';

const own = 'registry.corp:5000/team/pause@sha256:'.concat('c'.repeat(64));
const digest = `sha256:${'d'.repeat(64)}`;

const lockOf = (images: readonly (readonly [string, string, string])[]): string =>
  JSON.stringify({
    lockVersion: 1,
    artifacts: [],
    images: images.map(([image, arch, mark]) => ({ image, arch, digest, sha256: mark.repeat(64) })),
  });

const both = lockOf([
  [pause, 'amd64', '1'],
  [pause, 'arm64', '2'],
  [own, 'amd64', '3'],
  [own, 'arm64', '4'],
]);

const mirrored = `${sample}node: { arch: auto }
image: { images: ['${own}'] }
artifacts: { mirror: 'https://mirror.corp/k8s', lock: flexgen.lock.json }
`;

const files = (config: string, lock: string) => ({
  ...sampleFiles,
  'flexgen.yaml': config,
  'flexgen.lock.json': lock,
});

test('images that the mirror has are downloads of the node, and are imported; without a mirror they are pulled', async (t) => {
  const rig = createRig(t, files(mirrored, both));
  const { stdout, stderr, exitCode } = await rig.flexgen(['cloud-init', '--offline']);
  assert.equal(exitCode, 0, stderr);
  const node = decode(stdout)?.files;
  const rows = node?.get('/etc/flexgen/artifacts.tsv')?.content.split('\n') ?? [];
  const folder = '/var/lib/flexgen/images';
  const [one, two, three, four] = ['1', '2', '3', '4'].map((mark) => mark.repeat(64));
  assert.deepEqual(
    rows.filter((row) => row.includes('.tar\t')),
    [
      `join\tpause.tar\tmcr.microsoft.com/oss/v2/kubernetes/pause/3.10.2/@.tar\t${one}\t${two}\t${folder}`,
      `join\tpause-2.tar\tregistry.corp_5000/team/pause/sha256-${'c'.repeat(64)}/@.tar\t${three}\t${four}\t${folder}`,
    ],
  );
  assert.match(node?.get('/usr/local/lib/flexgen/modes.sh')?.content ?? '', /images import/);
  rig.write('flexgen.yaml', mirrored.replace("mirror: 'https://mirror.corp/k8s', ", ''));
  const pulled = decode((await rig.flexgen(['cloud-init', '--offline'])).stdout)?.files;
  assert.doesNotMatch(pulled?.get('/etc/flexgen/artifacts.tsv')?.content ?? '', /\.tar\t/);
  assert.doesNotMatch(pulled?.get('/usr/local/lib/flexgen/modes.sh')?.content ?? '', /images import/);
});

test('an image that the lock lacks', async (t) => {
  const rig = createRig(t, files(mirrored, lockOf([[pause, 'amd64', '1']])));
  const { stderr, exitCode } = await rig.flexgen(['validate', '--offline']);
  assert.equal(exitCode, 3);
  assert.match(stderr, new RegExp(`the lock has images, but not ${pause} for amd64 and arm64`));
  assert.match(stderr, /flexgen\.yaml:9:55\n[^]*run `flexgen lock`, then `flexgen bundle` for the mirror/);
});

test('a mirror that is a folder of the machine', async (t) => {
  const config = mirrored.replace('https://mirror.corp/k8s', 'file:///media/flexgen');
  const rig = createRig(t, files(config, both));
  const node = decode((await rig.flexgen(['cloud-init', '--offline'])).stdout)?.files;
  assert.match(node?.get('/etc/flexgen/image.env')?.content ?? '', /^FROM='?file:\/\/\/media\/flexgen\/'?$/m);
  rig.write('flexgen.yaml', mirrored.replace('https://mirror.corp/k8s', 'file://media/flexgen'));
  const { stderr, exitCode } = await rig.flexgen(['validate', '--offline']);
  assert.equal(exitCode, 3);
  assert.match(stderr, /this is not a folder of the machine/);
});

test('a mirror that is a registry: each download by its digest', async (t) => {
  const config = mirrored.replace('https://mirror.corp/k8s', 'oci://registry.corp:5000/team/flexgen');
  const rig = createRig(t, files(config, both));
  const node = decode((await rig.flexgen(['cloud-init', '--offline'])).stdout)?.files;
  const from = /^FROM='?(.*?)'?$/m.exec(node?.get('/etc/flexgen/image.env')?.content ?? '')?.[1];
  assert.equal(from, 'https://registry.corp:5000/v2/team/flexgen/blobs/');
  const machine = createMachine(t);
  const [row = ''] =
    node
      ?.get('/etc/flexgen/artifacts.tsv')
      ?.content.split('\n')
      .filter((line) => line.includes('containerd')) ?? [];
  machine.write('/etc/flexgen/artifacts.tsv', `${row}\njoin\tpause.tar\tmcr/@.tar\ta\tb\t/i\n`);
  const script = `install\nmodes/registry\nartifact() { echo "$@"; }\nFROM=${from} machine=arm64\nfetch_all join; wait`;
  const { stdout, stderr } = await machine.bash(script);
  assert.equal(stderr, '');
  const [, , , , arm64] = row.split('\t');
  assert.deepEqual(stdout.trim().split('\n').toSorted(), [
    `containerd /usr/local ${arm64} ${from}sha256:${arm64}?containerd-2.3.4-linux-arm64.tar.gz`,
    `pause.tar /i b ${from}sha256:b?arm64.tar`,
  ]);
});

test('the node imports them once containerd is there, and gives up its verdict where it can’t', async (t) => {
  const machine = createMachine(t);
  const images = '/var/lib/flexgen/images';
  machine.write(
    '/etc/flexgen/artifacts.tsv',
    `join\tkubelet\tu\ta\tb\njoin\tpause.tar\tu\ta\tb\t${machine.folder}${images}\n`,
  );
  machine.fake('systemctl', 'echo systemctl "$@"');
  machine.fake(
    'ctr',
    'echo ctr "${@:1:4}" "$(basename $5)" >&2; [[ ! -e refuses ]] || { echo no such thing; exit 1; }',
  );
  machine.write(`${images}/pause.tar`, 'an archive');
  const script =
    'install\nmodes/images\nfinish() { echo finish "$@"; }\nruntime && ls "$var"; baked=1 runtime';
  const fine = await machine.bash(script);
  assert.equal(fine.exitCode, 0, fine.stderr);
  assert.deepEqual(fine.stdout.split('\n'), [
    'systemctl start containerd',
    'finish pause.tar',
    'cache',
    'systemctl start containerd',
    '',
  ]);
  assert.equal(machine.read('/run/flexgen/import'), 'ctr -n k8s.io images import pause.tar\n');
  machine.write(`${images}/pause.tar`, 'an archive');
  machine.write('/refuses', '');
  const { exitCode, stdout } = await machine.bash(
    'install\nmodes/images\nfinish() { :; }\nstep=runtime\nruntime',
  );
  assert.equal(exitCode, 32);
  assert.match(stdout, /FAILED at runtime \(32\): pause\.tar: no such thing — run `flexgen-node logs`/);
});
