import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readBom } from '../supply/cyclonedx.ts';
import type { Bom, Component } from '../supply/cyclonedx.ts';
import { createRig, root } from './run.ts';
import { sample, sampleFiles } from './sample.ts';

const payload = (name: string): Buffer => readFileSync(join(root, 'generated', `${name}.user-data.yaml`));

const apt = ['ca-certificates', 'curl', 'jq', 'iptables', 'kmod', 'iproute2', 'mount'];
const line = ({ type, name, version }: Component): string => `${type} ${name} ${version ?? '-'}`;
const urls = ({ components }: Bom, name: string): (string | undefined)[] =>
  components
    .filter((one) => one.name === name)
    .flatMap((one) => one.externalReferences?.map(({ url }) => url));

suite('flexgen inspect --sbom', () => {
  test('a payload of ours: each download with its digest, the packages of apt, the images', async (t) => {
    const { flexgen } = createRig(t, { 'edge.yaml': payload('bootstrap-token') });
    const { exitCode, stdout, stderr } = await flexgen(['inspect', 'edge.yaml', '--sbom']);
    assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
    const bom = readBom(stdout);
    assert.deepEqual(bom.components.map(line), [
      'operating-system ubuntu 24.04',
      'application containerd 2.3.4',
      'application runc 1.4.3',
      'application cni-plugins 1.9.1',
      'application kubelet 1.36.4',
      'application kubectl 1.36.4',
      'application kubeadm 1.36.4',
      'application crictl 1.36.0',
      'container mcr.microsoft.com/oss/v2/kubernetes/pause 3.10.2',
      ...apt.map((name) => `library ${name} -`),
    ]);
    const runc = {
      'type': 'application',
      'bom-ref':
        'pkg:generic/runc@1.4.3?arch=amd64&checksum=sha256:f6ae8efc0fa40079e1475e97cbe9d1bd3f106a28d6af78a11d9f1bd565515e60&download_url=https:%2F%2Fgithub.com%2Fopencontainers%2Frunc%2Freleases%2Fdownload%2Fv1.4.3%2Frunc.amd64',
      'name': 'runc',
      'version': '1.4.3',
      'hashes': [
        { alg: 'SHA-256', content: 'f6ae8efc0fa40079e1475e97cbe9d1bd3f106a28d6af78a11d9f1bd565515e60' },
      ],
      'licenses': [{ license: { id: 'Apache-2.0' } }],
      'cpe': 'cpe:2.3:a:linuxfoundation:runc:1.4.3:*:*:*:*:*:*:*',
      'externalReferences': [
        {
          type: 'distribution',
          url: 'https://github.com/opencontainers/runc/releases/download/v1.4.3/runc.amd64',
        },
        { type: 'vcs', url: 'https://github.com/opencontainers/runc' },
      ],
      'properties': [
        { name: 'flexgen:arch', value: 'amd64' },
        { name: 'flexgen:installed', value: 'before the node is Ready' },
      ],
    };
    assert.deepEqual(
      bom.components.find(({ name }) => name === 'runc'),
      { ...runc, purl: runc['bom-ref'] },
    );
    const purls = new Set(bom.components.map(({ purl }) => purl));
    assert.ok(purls.has('pkg:deb/ubuntu/jq?distro=ubuntu-24.04'));
    assert.ok(
      purls.has('pkg:oci/pause?repository_url=mcr.microsoft.com%2Foss%2Fv2%2Fkubernetes%2Fpause&tag=3.10.2'),
    );
  });

  test('the same from every envelope, and in a file', async (t) => {
    const rig = createRig(t, {
      'a.yaml': payload('bootstrap-token'),
      'b.gz': gzipSync(payload('bootstrap-token')),
    });
    const plain = await rig.flexgen(['inspect', 'a.yaml', '--sbom']);
    assert.deepEqual(await rig.flexgen(['inspect', 'b.gz', '--sbom']), plain);
    const written = await rig.flexgen(['inspect', 'a.yaml', '--sbom', '--out', 'a.cdx.json']);
    assert.deepEqual(written, { exitCode: 0, stdout: '', stderr: '' });
    assert.equal(rig.read('a.cdx.json'), plain.stdout);
  });

  test('a mirror is where it comes from, upstream is what it is; a registry has it by its digest', async (t) => {
    const mirror = (url: string) => `${sample}artifacts: { mirror: '${url}' }\n`;
    const rig = createRig(t, {
      'web.yaml': mirror('https://mirror.corp.example/k8s'),
      'registry.yaml': mirror('oci://registry.corp.example/k8s'),
      ...sampleFiles,
    });
    const bomOf = async (name: string): Promise<Bom> => {
      const made = await rig.flexgen(['cloud-init', '--no-setup', '--config', name, '--out', 'made']);
      assert.deepEqual(made, { exitCode: 0, stdout: '', stderr: '' });
      return readBom((await rig.flexgen(['inspect', 'made', '--sbom'])).stdout);
    };
    const runc = 'github.com/opencontainers/runc/releases/download/v1.4.3/runc.amd64';
    const digest = 'f6ae8efc0fa40079e1475e97cbe9d1bd3f106a28d6af78a11d9f1bd565515e60';
    const vcs = 'https://github.com/opencontainers/runc';
    assert.deepEqual(urls(await bomOf('web.yaml'), 'runc'), [
      `https://${runc}`,
      `https://mirror.corp.example/k8s/${runc}`,
      vcs,
    ]);
    assert.deepEqual(urls(await bomOf('registry.yaml'), 'runc'), [
      `https://${runc}`,
      `https://registry.corp.example/v2/k8s/blobs/sha256:${digest}?runc.amd64`,
      vcs,
    ]);
  });

  test('both architectures; Arc’s agent and the key of its repository', async (t) => {
    const rig = createRig(t, {
      'arc.yaml': payload('arc'),
      'both.yaml': `${sample}node: { arch: auto }\n`,
      ...sampleFiles,
    });
    const arc = readBom((await rig.flexgen(['inspect', 'arc.yaml', '--sbom'])).stdout);
    const lines = new Set(arc.components.map(line));
    for (const one of ['library gpg -', 'library azcmagent -', 'file microsoft.asc -'])
      assert.ok(lines.has(one), one);
    await rig.flexgen(['cloud-init', '--no-setup', '--config', 'both.yaml', '--out', 'both']);
    const both = readBom((await rig.flexgen(['inspect', 'both', '--sbom'])).stdout);
    assert.equal(both.components.filter(({ name }) => name === 'kubelet').length, 2);
  });

  test('a payload for a golden image names the image; somebody else’s, what it fetches', async (t) => {
    const foreign = '#!/bin/sh\ncurl -fsSL https://example.com/tools/tool.tgz -o /tool\n';
    const rig = createRig(t, { 'flexgen.yaml': sample, 'theirs.sh': foreign, ...sampleFiles });
    await rig.flexgen(['cloud-init', '--no-setup', '--image', 'golden', '--out', 'golden']);
    const golden = readBom((await rig.flexgen(['inspect', 'golden', '--sbom'])).stdout);
    assert.match(
      golden.components.map(line).join('\n'),
      /^operating-system flexgen golden image 1\.36\.4-ubuntu-24\.04-amd64-[0-9a-f]{12}$/,
    );
    const theirs = readBom((await rig.flexgen(['inspect', 'theirs.sh', '--sbom'])).stdout);
    assert.deepEqual(
      theirs.components.map(({ purl }) => purl),
      ['pkg:generic/tool.tgz?download_url=https:%2F%2Fexample.com%2Ftools%2Ftool.tgz'],
    );
  });

  test('is one report, not two', async (t) => {
    const { flexgen } = createRig(t);
    assert.deepEqual(await flexgen(['inspect', 'a', '--sbom', '--html']), {
      exitCode: 2,
      stdout: '',
      stderr:
        "error: option '--sbom' cannot be used with option '--html'\n(`flexgen --help` shows the commands)\n",
    });
  });
});
