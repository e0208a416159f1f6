import assert from 'node:assert/strict';
import { join } from 'node:path';
import { becomesReady, isDone, on } from '../expect.ts';
import type { Scenario } from '../scenario.ts';
import { images } from '../services/versions.ts';

const calls = '/var/log/nvidia-calls';

/** What a machine with a card has in its image, driver aside; the runtime leaves the work to runc, as the real one does. */
const card = [
  ['sh', '-c', ': >/dev/nvidia0'],
  [
    'sh',
    '-c',
    'printf "%s\\n" "#!/bin/sh" "echo \\"\\$*\\" >>$1" "exec /usr/local/sbin/runc \\"\\$@\\"" >$2 && chmod 755 $2',
    'sh',
    calls,
    '/usr/bin/nvidia-container-runtime',
  ],
] as const;

const nvidiaCard: Scenario = {
  name: 'an NVIDIA card gives a node the handler nvidia, which the pods of its RuntimeClass run with',
  runs: [{ setting: 'namespaces', release: 'debian-13' }],
  async play(stage) {
    const { workstation, controlPlane } = stage.site;
    const { kubectl, apply } = controlPlane;
    const config = { runtime: { nvidia: 'auto' } };
    const userData = `#cloud-config\n${JSON.stringify({ bootcmd: card })}\n`;
    const node = await stage.boot({ cluster: 'resource-id', config, userData });
    await becomesReady(stage, node);
    await isDone(stage, node);
    const label = "jsonpath={.metadata.labels['nvidia\\.com/gpu\\.present']}";
    assert.equal(await kubectl(['get', 'node', node.nodeName, '-o', label]), 'true');
    const dump = await on(node, 'containerd config dump');
    assert.match(dump, /BinaryName = '\/usr\/bin\/nvidia-container-runtime'/);
    // What the handler's file adds takes nothing away.
    assert.match(dump, /runtimes\.runc\]/);
    assert.match(dump, /sandbox = 'mcr\.microsoft\.com\/oss\/v2\/kubernetes\/pause:3\.10\.2'/);

    const file = join(stage.dir, node.nodeName, 'flexgen.yaml');
    const cluster = (verb: string): Promise<string> =>
      workstation.flexgen(['cluster', verb, '--config', file]);
    assert.match(await cluster('apply'), /^\+ runtimeclass nvidia$/m);
    assert.equal(await kubectl(['get', 'runtimeclass', 'nvidia', '-o', 'jsonpath={.handler}']), 'nvidia');
    const pod = (name: string, spec: object): object => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name },
      spec: {
        nodeName: node.nodeName,
        tolerations: [{ operator: 'Exists' }],
        automountServiceAccountToken: false,
        containers: [{ name: 'hello', image: images.hello }],
        ...spec,
      },
    });
    await apply(pod('without-card', {}));
    await apply(pod('with-card', { runtimeClassName: 'nvidia' }));
    await kubectl([
      'wait',
      'pod/without-card',
      'pod/with-card',
      '--for=condition=Ready',
      `--timeout=${60 * stage.patience}s`,
    ]);
    const created = (await on(node, `cat ${calls}`)).split('\n').filter((line) => / create /.test(line));
    // The sandbox and the one container, and nothing of the other pod.
    assert.equal(created.length, 2, created.join('\n'));
    await kubectl(['delete', 'pod', 'with-card', 'without-card', '--grace-period=0', '--force']);
    await cluster('remove');
  },
};

const noCard: Scenario = {
  name: 'a machine without an NVIDIA card joins as ever where one is looked for',
  runs: [{ setting: 'namespaces', release: 'debian-13' }],
  async play(stage) {
    const node = await stage.boot({ config: { runtime: { nvidia: 'auto' } } });
    await becomesReady(stage, node);
    assert.equal(await on(node, 'ls /etc/containerd/conf.d'), 'rig.toml');
  },
};

export const nvidiaScenarios: readonly Scenario[] = [nvidiaCard, noCard];
