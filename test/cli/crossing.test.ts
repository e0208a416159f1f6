import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { createRig } from './run.ts';
import { sample, sampleFiles } from './sample.ts';

const block = '{ mode: bridge, podCIDR: { block: 10.128.0.0/16, size: 24 } }';
const withNetwork = (network: string): string => sample.replace('{ mode: external }', network);
const proxied = 'components: { kubeProxy: on }\n';
const text =
  'pods reach those of their own node, but kube-proxy sends them to a Service’s pods on every node';
const hint =
  'give the Services that these nodes use `internalTrafficPolicy: Local`, or the nodes `network: {mode: external}` and a CNI DaemonSet';

/** What is said of a fleet, but for the last line, which counts its payloads. */
async function saidOf(t: TestContext, config: string) {
  const rig = createRig(t, { ...sampleFiles, 'flexgen.yaml': config });
  const { exitCode, stderr } = await rig.flexgen(['render', '--out', 'out']);
  const lines = stderr.trimEnd().split('\n');
  return { exitCode, said: lines.slice(0, -1).join('\n'), last: lines.at(-1) };
}

suite('nodes whose pods a Service would send to each other', { concurrency: 2 }, () => {
  test('a fleet on bridges with kube-proxy is warned of it, once', async (t) => {
    const config = `${withNetwork(block)}${proxied}nodes: [{ name: a }, { name: b }, { name: c }]\n`;
    assert.deepEqual(await saidOf(t, config), {
      exitCode: 0,
      said: [
        `warning: with \`bridge\` ${text}`,
        ' --> flexgen.yaml:6:18',
        '  |',
        `6 | network: ${block}`,
        '  |                  ^^^^^^',
        `  = ${hint}`,
      ].join('\n'),
      last: '3 payloads in out',
    });
  });

  for (const [what, config] of [
    ['one node', `${withNetwork(block)}${proxied}nodes: [{ name: a }]\n`],
    ['no kube-proxy', `${withNetwork(block)}nodes: [{ name: a }, { name: b }]\n`],
    ['a CNI DaemonSet', `${sample}${proxied}nodes: [{ name: a }, { name: b }]\n`],
  ] as const) {
    test(`${what}: nothing to say`, async (t) => {
      assert.equal((await saidOf(t, config)).said, '');
    });
  }

  test('a scaling group is warned of it too', async (t) => {
    const group = `node: { name: { from: hostname } }\n${proxied}`;
    const rig = createRig(t, {
      ...sampleFiles,
      'flexgen.yaml': `${withNetwork('{ mode: node-cidr }')}${group}`,
    });
    const { exitCode, stderr } = await rig.flexgen(['validate']);
    assert.equal(exitCode, 0);
    assert.match(stderr, /^warning: with `node-cidr` pods reach/);
  });
});
