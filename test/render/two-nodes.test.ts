import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { NodeFile } from '../../src/node/plan.ts';
import { createRig, root } from '../cli/run.ts';
import { sampleFiles } from '../cli/sample.ts';
import { planIn } from './starters.ts';

const inline = readFileSync(`${root}/templates/config/service-principal.yaml`, 'utf8');
const otherNode = inline
  .replace('edge-02', 'edge-03')
  .replace('10.244.202.0/26', '10.244.202.64/26')
  .replace(
    'maxPods: 60',
    'maxPods: 30\n  ip: { cidr: 10.9.0.0/16 }\n  labels: { site: factory-8 }\n  taints: [a=b:NoExecute]',
  )
  .replace('example/client-secret.txt', 'secret')
  .replace('network:', 'ssh: { authorizedKeys: [] }\nnetwork:');

const of = (files: readonly NodeFile[], phase: NodeFile['phase']) =>
  files.filter((file) => file.phase === phase);

test('two nodes of a config differ in boot files alone', async (t) => {
  const rig = createRig(t, {
    'example/cluster-ca.pem': sampleFiles['ca.pem'],
    'example/client-secret.txt': 'one~secret',
    'secret': 'another~secret',
    'one.yaml': inline,
    'other.yaml': otherNode,
  });
  const one = (await planIn(rig.folder, 'one.yaml')).files;
  const other = (await planIn(rig.folder, 'other.yaml')).files;
  assert.deepEqual(of(one, 'image'), of(other, 'image'));
  assert.ok(of(one, 'image').length > 10);
  const contents = new Map(of(other, 'boot').map(({ path, content }) => [path, content]));
  const differing = of(one, 'boot').filter(({ path, content }) => contents.get(path) !== content);
  assert.deepEqual(differing.map(({ path }) => path).toSorted(), [
    '/etc/flexgen/node.env',
    '/etc/flexgen/node.yaml',
    '/var/lib/kubelet/token.env',
  ]);
});
