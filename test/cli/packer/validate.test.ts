import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { imageSources } from '../../../src/render/packer/sources/index.ts';
import { createRig } from '../run.ts';
import { sampleFiles } from '../sample.ts';
import { needs, packer, skip, withSources } from './support.ts';

const valid = { status: 0, output: '' };

suite('packer validate', { skip, concurrency: 2 }, () => {
  for (const [kind, settings] of Object.entries(needs)) {
    test(kind, async (t) => {
      const rig = createRig(t, { ...sampleFiles, 'flexgen.yaml': withSources({ [kind]: settings }) });
      assert.equal((await rig.flexgen(['packer', '--out', 'build'])).exitCode, 0);
      assert.deepEqual(packer(rig, ['validate']), valid);
      assert.deepEqual(packer(rig, ['fmt', '-check']), valid);
    });
  }

  test('all of them in one build, for each system and architecture', async (t) => {
    const rig = createRig(t, { ...sampleFiles });
    for (const os of ['ubuntu-22.04', 'ubuntu-24.04', 'debian-12', 'debian-13'])
      for (const arch of ['amd64', 'arm64', 'auto']) {
        rig.write('flexgen.yaml', `${withSources(needs)}node: { os: ${os}, arch: ${arch} }\n`);
        assert.equal((await rig.flexgen(['packer', '--out', 'build'])).exitCode, 0);
        assert.deepEqual(packer(rig, ['validate']), valid);
      }
    assert.deepEqual(packer(rig, ['fmt', '-check']), valid);
    assert.deepEqual(
      imageSources.map(({ kind }) => kind),
      Object.keys(needs),
    );
  });
});

// What would be run, called or read, were it taken for more than text.
const hostile = [
  '${env("HOME")}',
  '%{ for a in [1] }x%{ endfor }',
  '"; rm -rf / #',
  String.raw`\"\n${'$'}{`,
  "'$(touch pwned)`touch pwned`",
  '$${var.image_name}',
];

suite('what a config says stays data', { skip, concurrency: 2 }, () => {
  for (const value of hostile) {
    test(value, async (t) => {
      const quoted = JSON.stringify(value);
      const amazon = `{ region: eu-central-1, filter: ${quoted}, tags: { ${quoted}: ${quoted} } }`;
      const rig = createRig(t, { ...sampleFiles, 'flexgen.yaml': withSources({ amazon }) });
      assert.equal((await rig.flexgen(['packer', '--out', 'build'])).exitCode, 0);
      assert.deepEqual(packer(rig, ['validate']), valid);
      const asked = 'var.amazon_filter\nvar.amazon_tags[var.amazon_filter] == var.amazon_filter\n';
      assert.deepEqual(packer(rig, ['console'], asked), { status: 0, output: `${value}\ntrue\n` });
    });
  }
});
