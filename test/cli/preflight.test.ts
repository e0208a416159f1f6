import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createRig } from './run.ts';
import type { Rig } from './run.ts';
import { sample, sampleFiles } from './sample.ts';

const files = { ...sampleFiles, 'flexgen.yaml': sample };
const utf8 = { LANG: 'C.UTF-8' };
const command = ['preflight', '--offline'];

async function sizes(rig: Rig): Promise<{ readonly bytes: string; readonly share: number }> {
  const bytes = Buffer.byteLength((await rig.flexgen(['cloud-init'])).stdout);
  return { bytes: bytes.toLocaleString('en-US'), share: Math.ceil((bytes / 16_384) * 100) };
}

suite('preflight --offline', { concurrency: 2 }, () => {
  test('a good config', async (t) => {
    const rig = createRig(t, files);
    const { bytes, share } = await sizes(rig);
    assert.deepEqual(await rig.flexgen(command, { env: utf8 }), {
      exitCode: 0,
      stdout: `✓ config    flexgen.yaml is valid and suits aks1
✓ versions  kubelet 1.36.4 and containerd 2.3.4 for a cluster that runs 1.36.4
✓ payload   ${bytes} bytes, ${share} % of the 16,384 that every provider takes
`,
      stderr: 'flexgen.yaml: nothing stands in the way\n',
    });
    assert.deepEqual(rig.files(), files);
  });

  test('for programs', async (t) => {
    const rig = createRig(t, files);
    const { bytes, share } = await sizes(rig);
    const { exitCode, stdout, stderr } = await rig.flexgen([...command, '--json']);
    assert.deepEqual([exitCode, stderr], [0, '']);
    assert.deepEqual(JSON.parse(stdout), [
      {
        name: 'config',
        state: 'ok',
        detail: 'flexgen.yaml is valid and suits aks1',
        why: 'everything else follows from it',
        remedy: null,
      },
      {
        name: 'versions',
        state: 'ok',
        detail: 'kubelet 1.36.4 and containerd 2.3.4 for a cluster that runs 1.36.4',
        why: 'a kubelet newer than the API server or over three minors older is not supported, nor is every containerd',
        remedy: null,
      },
      {
        name: 'payload',
        state: 'ok',
        detail: `${bytes} bytes, ${share} % of the 16,384 that every provider takes`,
        why: 'a provider refuses user-data over its limit, or cuts it off',
        remedy: null,
      },
    ]);
  });

  test('a terminal, or a locale, that has no ✓', async (t) => {
    const rig = createRig(t, files);
    for (const env of [
      {},
      { LANG: 'C' },
      { LANG: 'C.UTF-8', LC_ALL: 'POSIX' },
      { LANG: 'C.UTF-8', TERM: 'dumb' },
    ]) {
      const { stdout } = await rig.flexgen(command, { env });
      assert.deepEqual(
        stdout.split('\n').map((line) => line.slice(0, 13)),
        ['ok   config  ', 'ok   versions', 'ok   payload ', ''],
        JSON.stringify(env),
      );
    }
    const { stdout } = await rig.flexgen(command, { env: { LC_CTYPE: 'en_US.utf8' } });
    assert.equal(stdout.slice(0, 8), '✓ config');
  });

  test('a payload that is too big', async (t) => {
    const theirs = `#cloud-config\nwrite_files: [{path: /root/blob, content: ${'x'.repeat(16_000)}}]\n`;
    const rig = createRig(t, {
      ...files,
      'theirs.yaml': theirs,
      'flexgen.yaml': `${sample}userData: { merge: theirs.yaml }\n`,
    });
    const { exitCode, stdout, stderr } = await rig.flexgen(command, { env: utf8 });
    assert.deepEqual([exitCode, stderr], [5, 'flexgen.yaml: 1 failed\n']);
    assert.match(
      stdout.slice(stdout.indexOf('✗')),
      /^✗ payload {3}the payload has [\d,]+ bytes, [\d,]+ more than the 16,384 that every provider takes: \/root\/blob 16,031, .* …\n {12}why: a provider refuses user-data over its limit, or cuts it off\n {12}fix: `--envelope gzip` makes it [\d,]+ bytes\n$/,
    );
  });

  test('a version that does not suit the cluster', async (t) => {
    const rig = createRig(t, {
      ...files,
      'facts.yaml': files['facts.yaml'].replace('1.36.4', '1.35.8'),
      'flexgen.yaml': `${sample}versions: { kubernetes: 1.36.4 }\n`,
    });
    assert.deepEqual(await rig.flexgen(command, { env: utf8 }), {
      exitCode: 3,
      stdout: `✓ config    flexgen.yaml is valid and suits aks1
✗ versions  kubelet 1.36.4 is newer than the cluster, which runs 1.35.8
            why: a kubelet newer than the API server or over three minors older is not supported, nor is every containerd
            fix: take 1.32 to 1.35, or remove this key to take the cluster’s version
? payload   not known: it needs \`versions\`
            why: a provider refuses user-data over its limit, or cuts it off
`,
      stderr: `error: kubelet 1.36.4 is newer than the cluster, which runs 1.35.8
 --> flexgen.yaml:7:25
  |
7 | versions: { kubernetes: 1.36.4 }
  |                         ^^^^^^ take 1.32 to 1.35, or remove this key to take the cluster’s version
flexgen.yaml: 1 failed, 1 not known
`,
    });
  });

  test('a config that does not suit the cluster', async (t) => {
    const bridge = '{ mode: bridge, podCIDR: 10.0.1.0/24 }';
    const rig = createRig(t, { ...files, 'flexgen.yaml': sample.replace('{ mode: external }', bridge) });
    const { exitCode, stdout, stderr } = await rig.flexgen(command, { env: utf8 });
    assert.equal(exitCode, 3);
    const message =
      '`10.0.1.0/24`, for the pods of this node, overlaps `10.0.0.0/16`, of the cluster’s services';
    assert.deepEqual(
      [stdout.split('\n')[0], stderr.split('\n')[0]],
      [`✗ config    ${message}`, `error: ${message}`],
    );
    assert.match(stdout, /^\? payload {3}not known: it needs `config`$/m);
  });

  test('an invalid config', async (t) => {
    const rig = createRig(t, { ...files, 'flexgen.yaml': `${sample}machines: []\n` });
    const expected = {
      exitCode: 3,
      stdout: '',
      stderr: 'error: unknown key `machines`\n',
    };
    const { stderr, ...rest } = await rig.flexgen(['preflight']);
    assert.deepEqual({ ...rest, stderr: stderr.slice(0, expected.stderr.length) }, expected);
    const { exitCode, stdout } = await rig.flexgen(['preflight', '--json']);
    const [first, ...others] = JSON.parse(stdout) as { name: string; state: string; detail: string }[];
    assert.deepEqual(
      [exitCode, first?.name, first?.state, first?.detail],
      [3, 'config', 'failed', 'unknown key `machines`'],
    );
    assert.ok(others.length > 5);
    assert.deepEqual(new Set(others.map(({ state }) => state)), new Set(['unknown']));
  });
});

test('a facts file that is none, and one that is not there', async (t) => {
  const rig = createRig(t, { ...files, 'facts.yaml': 'apiVersion: flexgen/v2\n' });
  const { exitCode, stdout } = await rig.flexgen(['preflight', '--offline']);
  assert.equal(exitCode, 3);
  assert.match(stdout, /^FAIL config /);
  const missing = createRig(t, { ...files, 'flexgen.yaml': sample.replace('facts.yaml', 'gone.yaml') });
  assert.equal((await missing.flexgen(['preflight'])).exitCode, 3);
});
