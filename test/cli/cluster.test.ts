import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createRig } from './run.ts';
import { principal, sample, sampleFiles } from './sample.ts';

const { token: _unread, ...clusterFiles } = sampleFiles;
const files = { ...clusterFiles, 'flexgen.yaml': sample };
const server = 'https://aks1-example.hcp.westeurope.azmk8s.io:443';

const kubeconfig = (url: string, user: object): string =>
  JSON.stringify({
    'clusters': [{ name: 'aks1', cluster: { server: url } }],
    'users': [{ name: 'me', user }],
    'contexts': [{ name: 'aks1', context: { cluster: 'aks1', user: 'me' } }],
    'current-context': 'aks1',
  });

suite('cluster', { concurrency: 2 }, () => {
  test('a service principal without its object id', async (t) => {
    const rig = createRig(t, { ...files, 'flexgen.yaml': principal });
    for (const verb of ['plan', 'apply', 'remove']) {
      assert.deepEqual(await rig.flexgen(['cluster', verb]), {
        exitCode: 3,
        stdout: '',
        stderr: `error: the cluster knows a service principal by its object id, and the config doesn’t have it
 --> flexgen.yaml:3:1
  |
3 | auth:
  | ^^^^
  = add \`objectId: GUID\`; \`az ad sp show --id 11111111-2222-4333-8444-555555555555 --query id -o tsv\` prints it
`,
      });
    }
  });

  test('an invalid config', async (t) => {
    const rig = createRig(t, { ...files, 'flexgen.yaml': `${sample}machines: []\n` });
    const { exitCode, stderr } = await rig.flexgen(['cluster', 'plan']);
    assert.deepEqual([exitCode, stderr.split('\n')[0]], [3, 'error: unknown key `machines`']);
  });

  test('no kubeconfig, and one that is not there', async (t) => {
    const rig = createRig(t, files);
    const missing = { exitCode: 2, stdout: '' };
    assert.deepEqual(await rig.flexgen(['cluster', 'plan'], { env: { HOME: rig.folder } }), {
      ...missing,
      stderr:
        'error: there is no kubeconfig\n  `az aks get-credentials` writes one; `--kubeconfig FILE` names one\n',
    });
    assert.deepEqual(await rig.flexgen(['cluster', 'plan', '--kubeconfig', 'mine']), {
      ...missing,
      stderr:
        "error: can't read the kubeconfig mine: there is no such file\n  `az aks get-credentials` writes one\n",
    });
  });

  test('the kubeconfig of another cluster', async (t) => {
    const rig = createRig(t, { ...files, k: kubeconfig('https://other.example', { token: 's3cret' }) });
    assert.deepEqual(await rig.flexgen(['cluster', 'plan'], { env: { KUBECONFIG: 'gone:k' } }), {
      exitCode: 2,
      stdout: '',
      stderr: `error: context \`aks1\` reaches https://other.example, the config’s cluster is ${server}
  get its kubeconfig with \`az aks get-credentials\`, or name the one that reaches it: \`--kubeconfig FILE\`
`,
    });
  });

  const hint = 'run `kubectl get --raw /version` with the same kubeconfig and see what it says';
  for (const [what, command, args, message, remedy] of [
    [
      'is missing',
      '/opt/kubelogin',
      [],
      'signs in with `/opt/kubelogin`, and it can’t be run here',
      '`az aks install-cli` installs it',
    ],
    ['fails', 'sh', ['-c', 'echo s3cret; exit 1'], '’s sign-in command `sh` failed', hint],
    ['prints no JSON', 'echo', ['s3cret'], '’s sign-in command `echo` printed no credential', hint],
    [
      'prints another thing',
      'echo',
      ['{"token":"s3cret"}'],
      '’s sign-in command `echo` printed no credential',
      hint,
    ],
  ] as const) {
    test(`a sign-in command that ${what}`, async (t) => {
      const exec = { apiVersion: 'client.authentication.k8s.io/v1', command, args };
      const rig = createRig(t, { ...files, k: kubeconfig(server, { exec }) });
      const outcome = await rig.flexgen(['cluster', 'plan'], { env: { KUBECONFIG: 'k' } });
      const space = message.startsWith('’') ? '' : ' ';
      assert.deepEqual(outcome, {
        exitCode: 4,
        stdout: '',
        stderr: `error: the kubeconfig${space}${message}\n  ${remedy}\n`,
      });
    });
  }

  test('a client certificate that is not there', async (t) => {
    const rig = createRig(t, {
      ...files,
      k: kubeconfig(server, { 'client-certificate': 'c', 'client-key': 'c' }),
    });
    const { exitCode, stderr } = await rig.flexgen(['cluster', 'plan'], { env: { KUBECONFIG: 'k' } });
    assert.equal(exitCode, 4);
    assert.equal(
      stderr,
      `error: the kubeconfig’s user \`me\` can’t be used: can’t read ${rig.folder}/c\n  \`az aks get-credentials\` writes a new one\n`,
    );
  });
});
