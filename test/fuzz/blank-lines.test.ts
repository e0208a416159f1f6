import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRig } from '../cli/run.ts';
import { sample, sampleFiles } from '../cli/sample.ts';
import { readPyYaml } from '../encode/pyyaml.ts';
import { lacks } from '../encode/reader.ts';

test('a CA whose file ends with empty lines leaves the rest of the user-data readable', async (t) => {
  const ca = `${sampleFiles['ca.pem']}\n\n`;
  const config = `${sample}artifacts: { ca: { file: corp.pem } }\n`;
  const rig = createRig(t, { ...sampleFiles, 'flexgen.yaml': config, 'corp.pem': ca });
  const { exitCode, stdout } = await rig.flexgen([
    'cloud-init',
    '--offline',
    '--envelope',
    'plain',
    '--target',
    'azure',
  ]);
  assert.equal(exitCode, 0);
  // As the one item of a list.
  const read = readPyYaml(`-\n${stdout.replace(/^/gm, ' ')}`);
  if (read === undefined) return lacks(t, 'PyYAML');
  const [document] = read as { write_files: { path: string; content: string }[] }[];
  const file = document?.write_files.find(({ path }) => path === '/etc/flexgen/mirror-ca.pem');
  assert.equal(file?.content, ca);
});
