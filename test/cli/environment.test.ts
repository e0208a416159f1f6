import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { azureFor } from '../azure/fixture.ts';
import { createRig } from './run.ts';
import { sample, sampleFiles, withToken } from './sample.ts';

suite('what programs inherit', () => {
  const printed = `printf %s f4k3f4.k3f4k3f4k3f4k3f4`;
  const proxied = `${withToken(`{command: [sh, -c, 'env >seen; ${printed}']}`)}proxy:
  https: {url: 'http://proxy.corp:3128', username: me, password: {env: PROXY_PASSWORD}}
`;

  test('a command for a secret gets our environment without the other secrets', async (t) => {
    const rig = createRig(t, { ...sampleFiles, 'flexgen.yaml': proxied });
    const env = {
      PROXY_PASSWORD: 'canary-1',
      AZURE_CLIENT_SECRET: 'canary-2',
      AZURE_CLIENT_CERTIFICATE_PASSWORD: 'canary-3',
      VAULT_ADDR: 'https://vault.corp',
    };
    assert.equal((await rig.flexgen(['validate'], { env })).exitCode, 0);
    const seen = rig.read('seen');
    assert.match(seen, /^VAULT_ADDR=https:\/\/vault\.corp$/m);
    assert.doesNotMatch(seen, /canary/);
  });

  test('one node’s command does not get another node’s secret', async (t) => {
    const rows = `node: {name: 'edge-{index}'}
nodes:
  - {auth: {token: {command: [sh, -c, 'env >>seen; ${printed}']}}}
  - {auth: {token: {env: SECOND}}}
`;
    const base = sample.replace('  token: { file: token }\n', '');
    const rig = createRig(t, { ...sampleFiles, 'flexgen.yaml': base + rows });
    const env = { SECOND: 'c4n4ry.c4n4ryc4n4ryc4n4' };
    const { exitCode, stderr } = await rig.flexgen(['render', '--out', 'out'], { env });
    assert.deepEqual([exitCode, stderr], [0, '2 payloads in out\n']);
    assert.match(rig.read('seen'), /^PATH=/m);
    assert.doesNotMatch(rig.read('seen'), /c4n4ry/);
  });
});

test('what would make Node.js print secrets is refused', async (t) => {
  const rig = createRig(t, { ...sampleFiles, 'flexgen.yaml': sample });
  for (const NODE_DEBUG of ['http', '*']) {
    const { exitCode, stdout, stderr } = await rig.flexgen(['cloud-init'], { env: { NODE_DEBUG } });
    assert.deepEqual([exitCode, stdout], [2, '']);
    assert.match(stderr, /^error: with NODE_DEBUG set, Node\.js prints tokens and other secrets\n/m);
  }
});

test('what is asked for to see requests to Azure has no password of a proxy', async (t) => {
  const azure = await azureFor(t);
  const { resourceId, endpoint: resourceManager, authorityHost: authority, caFile } = azure;
  const signIn = {
    cluster: { resourceId },
    azure: { endpoints: { resourceManager, authority, ca: { file: caFile } } },
  };
  const config = {
    apiVersion: 'flexgen/v1',
    ...signIn,
    auth: { mode: 'bootstrap-token' },
    node: { name: 'edge-01' },
  };
  const rig = createRig(t, { 'flexgen.yaml': JSON.stringify(config) });
  const proxies = {
    HTTPS_PROXY: String.raw`http://CORP%5cme:canary-%22'1@127.0.0.1:9`,
    http_proxy: 'canary-2:@127.0.0.1:9',
  };
  const env = {
    ...proxies,
    PATH: `${azure.commandLines.dir}:/usr/bin:/bin`,
    HOME: rig.folder,
    DEBUG: '*',
    AZURE_LOG_LEVEL: 'verbose',
  };
  const { exitCode, stdout, stderr } = await rig.flexgen(['facts'], { env });
  assert.deepEqual([exitCode, stdout], [4, '']);
  assert.match(
    stderr,
    /https-proxy-agent Creating new HttpsProxyAgent instance: .http:\/\/\*\*\*@127\.0\.0\.1:9\/./,
  );
  assert.match(stderr, /"proxy": "http:\/\/\*\*\*@127\.0\.0\.1:9\/"/);
  assert.doesNotMatch(stderr, /canary/);
});
