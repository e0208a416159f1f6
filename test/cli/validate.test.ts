import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createRig, root } from './run.ts';
import { principal, sample, sampleFiles } from './sample.ts';

const files = { ...sampleFiles, 'secret': 'a~client.secret', 'flexgen.yaml': sample };
const always = principal.replace('network:', '  credentialUse: always\nnetwork:');
const warning = `warning: with \`always\` the principal needs ClusterRole system:node: it can read every secret of the cluster and sign in as any service account
 --> flexgen.yaml:8:18
  |
8 |   credentialUse: always
  |                  ^^^^^^ leave credentialUse out unless the cluster signs no node certificates
`;

suite('validate', { concurrency: 2 }, () => {
  test('a valid config', async (t) => {
    const rig = createRig(t, files);
    const payload = (await rig.flexgen(['cloud-init'])).stdout;
    const size = Buffer.byteLength(payload).toLocaleString('en-US');
    const share = Math.ceil((Buffer.byteLength(payload) / 16_384) * 100);
    const stderr = `flexgen.yaml is valid: user-data of ${size} bytes, ${share} % of the 16,384 that every provider takes\n`;
    assert.deepEqual(await rig.flexgen(['validate']), { exitCode: 0, stdout: '', stderr });
    assert.deepEqual(await rig.flexgen(['validate', '--json']), { exitCode: 0, stdout: '[]\n', stderr: '' });
    assert.deepEqual(rig.files(), files);
  });

  test('an invalid one', async (t) => {
    const rig = createRig(t, { ...files, 'flexgen.yaml': `${sample}node: { nmae: edge-01 }\n` });
    assert.deepEqual(await rig.flexgen(['validate', '--config', 'flexgen.yaml']), {
      exitCode: 3,
      stdout: '',
      stderr: `error: unknown key \`nmae\`
 --> flexgen.yaml:7:9
  |
7 | node: { nmae: edge-01 }
  |         ^^^^ did you mean \`name\`?
`,
    });
    const { exitCode, stdout, stderr } = await rig.flexgen(['validate', '--json']);
    assert.deepEqual({ exitCode, stderr }, { exitCode: 3, stderr: '' });
    assert.deepEqual(JSON.parse(stdout), [
      {
        severity: 'error',
        code: 'config/unknown-key',
        message: 'unknown key `nmae`',
        hint: 'did you mean `name`?',
        path: 'node.nmae',
        location: {
          file: 'flexgen.yaml',
          line: 7,
          column: 9,
          length: 4,
          text: 'node: { nmae: edge-01 }',
        },
      },
    ]);
  });

  test('a warning stands in no way', async (t) => {
    const rig = createRig(t, { ...files, 'flexgen.yaml': always });
    const rendered = await rig.flexgen(['cloud-init']);
    assert.equal(rendered.exitCode, 0);
    assert.equal(rendered.stderr, warning);
    assert.match(rendered.stdout, /^#cloud-config\n/);
    const checked = await rig.flexgen(['validate', '--json']);
    assert.equal(checked.exitCode, 0);
    assert.deepEqual(
      (JSON.parse(checked.stdout) as { severity: string; code: string }[]).map(({ severity, code }) => ({
        severity,
        code,
      })),
      [{ severity: 'warning', code: 'auth/credential-use' }],
    );
  });

  test('a cluster in Azure can’t be read offline', async (t) => {
    const id =
      '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks1';
    const config = sample.replace('{ facts: facts.yaml }', `{ resourceId: ${id} }`);
    const rig = createRig(t, { ...files, 'flexgen.yaml': config });
    assert.deepEqual(await rig.flexgen(['validate', '--offline']), {
      exitCode: 3,
      stdout: '',
      stderr: `error: with \`--offline\` a cluster can’t be read from Azure
 --> flexgen.yaml:2:24
  |
2 | cluster: { resourceId: /subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg/provide…
  |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = run \`flexgen facts --out aks1.facts.yaml\` once, and name that file: \`cluster: {facts: aks1.facts.yaml}\`
`,
    });
  });

  test('every starter', async (t) => {
    const rig = createRig(t);
    for (const starter of [
      'bootstrap-token',
      'service-principal',
      'scaling-group',
      'behind-a-proxy',
      'external-cni',
    ]) {
      const file = `${root}/templates/config/${starter}.yaml`;
      assert.deepEqual(await rig.flexgen(['validate', '--json', '--config', file]), {
        exitCode: 0,
        stdout: '[]\n',
        stderr: '',
      });
    }
  });
});
