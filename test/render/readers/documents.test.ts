import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { lacks, pythonWith, read } from '../../encode/reader.ts';
import { contents, emitted } from './emitted.ts';

/** A text as Python's module reads it; undefined and a named skip where Python has no such module. */
function parsed(t: TestContext, module: 'tomllib' | 'yaml', text: string): unknown {
  const python = pythonWith(module);
  if (python === undefined) {
    lacks(t, `Python with ${module}`);
    return undefined;
  }
  const load = module === 'yaml' ? 'yaml.safe_load(text)' : 'tomllib.loads(text)';
  const script = `import json, sys, ${module}; text = sys.stdin.buffer.read().decode(); print(json.dumps(${load}))`;
  return JSON.parse(read(python, ['-c', script], { input: text }) ?? '');
}

const cri = 'io.containerd.cri.v1';

suite('documents as they are emitted', () => {
  test('containerd’s config', async (t) => {
    const files = await contents((path) => path === '/etc/containerd/config.toml');
    assert.equal(files.length, 1);
    assert.deepEqual(parsed(t, 'tomllib', files[0]?.content ?? ''), {
      version: 3,
      imports: ['/etc/containerd/conf.d/*.toml'],
      plugins: {
        [`${cri}.images`]: {
          pinned_images: { sandbox: 'mcr.microsoft.com/oss/v2/kubernetes/pause:3.10.2' },
          registry: { config_path: '/etc/containerd/certs.d' },
        },
        [`${cri}.runtime`]: {
          containerd: {
            runtimes: { runc: { runtime_type: 'io.containerd.runc.v2', options: { SystemdCgroup: true } } },
          },
        },
      },
    });
  });

  test('registry mirrors', async (t) => {
    const files = await contents((path) => path.endsWith('/hosts.toml'));
    const capabilities = ['pull', 'resolve'];
    const ca = '/etc/flexgen/mirror-ca.pem';
    assert.deepEqual(
      files.map(({ path, content }) => [path, parsed(t, 'tomllib', content)]),
      [
        [
          '/etc/containerd/certs.d/_default/hosts.toml',
          { host: { 'https://registry.corp.example': { capabilities, ca } } },
        ],
        [
          '/etc/containerd/certs.d/registry.example:5000/hosts.toml',
          {
            host: {
              'https://one.example': { capabilities, ca },
              'https://two.example/v2': { capabilities, ca },
            },
          },
        ],
      ],
    );
  });

  test('network lists, by jq', async (t) => {
    const files = await contents((path) => path.endsWith('.conflist'));
    const filter = '[.plugins[].type, .plugins[0].ipam.ranges[0][0].subnet, .plugins[0].ipam.routes[0].dst]';
    if (read('jq', ['--version']) === undefined) return lacks(t, 'jq');
    assert.deepEqual(
      files.map(({ path, content }) => [path, ...JSON.parse(read('jq', [filter], { input: content }) ?? '')]),
      [
        ['/etc/flexgen/pods.conflist', 'bridge', 'portmap', '@0', '0.0.0.0/0'],
        ['/etc/flexgen/pods.conflist', 'bridge', 'portmap', '@0', '::/0'],
      ],
    );
  });

  test('kubelet’s config, where the user’s fields win', async (t) => {
    const files = (await emitted()).get('secondFamily') ?? [];
    const config = files.find(({ path }) => path === '/etc/flexgen/node.yaml');
    const base = (await contents((path) => path === '/etc/flexgen/kubelet.yaml'))[0];
    // As the node does it, which has none of these keys twice.
    const value = parsed(t, 'yaml', `${config?.content}${base?.content}`);
    if (value === undefined) return;
    assert.deepEqual(value, {
      apiVersion: 'kubelet.config.k8s.io/v1beta1',
      kind: 'KubeletConfiguration',
      authentication: { x509: { clientCAFile: '/etc/kubernetes/pki/ca.crt' } },
      cgroupDriver: 'systemd',
      clusterDNS: ['10.0.0.10'],
      clusterDomain: 'cluster.local',
      maxPods: 110,
      protectKernelDefaults: true,
      rotateCertificates: true,
      registerWithTaints: [{ key: 'a.example/b', value: 'c', effect: 'NoExecute' }],
      podPidsLimit: 100,
      volumePluginDir: `/a 'b' "c" #d: {{e}}`,
    });
  });
});
