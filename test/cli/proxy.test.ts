import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { lacks } from '../encode/reader.ts';
import { readEnvironmentFile } from '../encode/systemd.ts';
import { decode } from '../render/decode.ts';
import type { Decoded } from '../render/decode.ts';
import { refuses } from './bad-input/refuses.ts';
import { createRig, execute } from './run.ts';
import { sample, sampleFiles } from './sample.ts';

/** Everything that URLs, shells, systemd or YAML take for more than itself. */
const password = `p@ss:w/o%r"d$(id)\`#'?&+ \\é!*`;
const encoded = 'p%40ss%3Aw%2Fo%25r%22d%24%28id%29%60%23%27%3F%26%2B%20%5C%C3%A9%21%2A';

const login = '{ url: http://127.0.0.1:3128, username: "CORP\\\\edge", password: { env: PROXY_PASSWORD } }';
const env = { PROXY_PASSWORD: password };
const proxyEnv = '/etc/flexgen/proxy.env';
const configOf = (proxy: string): string => `${sample}proxy: ${proxy}\n`;

/** What a machine gets of a config, or undefined where PyYAML is not installed. */
async function filesOf(
  t: Parameters<typeof createRig>[0],
  config: string,
): Promise<Decoded['files'] | undefined> {
  const rig = createRig(t, { ...sampleFiles, 'flexgen.yaml': config });
  const { exitCode, stdout, stderr } = await rig.flexgen(['cloud-init'], { env });
  assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
  return decode(stdout)?.files;
}

suite('a proxy with a password', () => {
  test('only root can read it, and nothing else has it', async (t) => {
    const files = await filesOf(t, configOf(`{ http: http://other:80, https: ${login} }`));
    if (files === undefined) return lacks(t, 'PyYAML');
    assert.deepEqual(files.get(proxyEnv), {
      mode: '0600',
      content: [
        'http_proxy=http://other:80',
        `https_proxy=http://CORP%5Cedge:${encoded}@127.0.0.1:3128`,
        'no_proxy=localhost,127.0.0.0/8,169.254.169.254,10.0.0.0/16,10.244.0.0/16,.svc,.cluster.local',
        '',
      ].join('\n'),
    });
    for (const [path, { content }] of files)
      assert.ok(path === proxyEnv || !(content.includes(encoded) || content.includes(password)), path);
  });

  test('bash, systemd, curl and apt read who the machine is', async (t) => {
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers['proxy-authorization']);
      response.end('ok');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => server.close());
    const { port } = server.address() as AddressInfo;
    const text = (await filesOf(t, configOf(`{ http: ${login.replace('3128', String(port))} }`)))?.get(
      proxyEnv,
    )?.content;
    if (text === undefined) return lacks(t, 'PyYAML');
    const url = `http://CORP%5Cedge:${encoded}@127.0.0.1:${port}`;
    assert.equal(readEnvironmentFile(text)?.['http_proxy'] ?? url, url);

    const rig = createRig(t, { 'proxy.env': text });
    // apt gives its rights away before it writes.
    chmodSync(rig.folder, 0o777);
    const fetch = async (command: string): Promise<void> => {
      const script = `set -a; . ./proxy.env; set +a; ${command}`;
      assert.equal((await execute('bash', ['-c', script], { cwd: rig.folder })).exitCode, 0, command);
    };
    await fetch('curl -fsS -o curl http://nowhere.example/file');
    const readers = ['curl'];
    const helper = '/usr/lib/apt/apt-helper';
    if ((await execute('test', ['-x', helper], {})).exitCode === 0) {
      await fetch(`${helper} download-file http://nowhere.example/file ${join(rig.folder, 'apt')}`);
      readers.push('apt');
    }
    for (const name of readers) assert.equal(rig.read(name), 'ok');
    const basic = `Basic ${Buffer.from(`CORP\\edge:${password}`).toString('base64')}`;
    assert.deepEqual(
      seen,
      readers.map(() => basic),
    );
  });

  test('an image has none of it, and the bake says so', async (t) => {
    const rig = createRig(t, { ...sampleFiles, 'flexgen.yaml': configOf(`{ https: ${login} }`) });
    const { exitCode, stderr } = await rig.flexgen(['packer', '--out', 'build']);
    assert.equal(exitCode, 0, stderr);
    assert.match(
      stderr,
      /the machine that bakes the image gets no proxy: its password would stay in the image/,
    );
    const baked = Object.entries(rig.files()).filter(([path]) => path.startsWith('build/'));
    assert.ok(baked.length > 0);
    for (const [path, content] of baked) assert.ok(!content.includes('http_proxy='), path);
  });
});

suite('the CA of a proxy', () => {
  const trusted = '/usr/local/share/ca-certificates/flexgen-proxy.crt';
  const ca = sampleFiles['ca.pem'];

  test('is the machine’s to trust, and stands beside that of the mirror', async (t) => {
    const config = `${configOf('{ ca: { file: ca.pem } }')}artifacts: { ca: { file: ca.pem } }\n`;
    const files = await filesOf(t, config);
    if (files === undefined) return lacks(t, 'PyYAML');
    assert.deepEqual(files.get(trusted), { mode: '0644', content: ca });
    assert.equal(files.get('/etc/flexgen/mirror-ca.pem')?.content, ca + ca);
    assert.match(files.get('/usr/local/lib/flexgen/modes.sh')?.content ?? '', /update-ca-certificates/);
    assert.equal(files.get(proxyEnv), undefined);
  });
});

const arc = sample.replace(
  /auth:[^]*(?=network)/,
  `auth:
  mode: arc
  subscriptionId: 33333333-4444-4555-8666-777777777777
  resourceGroup: machines
  location: westeurope
  tenantId: 99999999-8888-4777-8666-555555555555
  onboarding: service-principal
  servicePrincipal: { clientId: 11111111-2222-4333-8444-555555555555, secret: { env: PROXY_PASSWORD } }
`,
);

refuses('a proxy that can’t be', [
  {
    name: 'a password in plain',
    config: configOf('{ https: { url: http://p:1, username: me, password: hunter2-hunter2 } }'),
    secrets: ['hunter2-hunter2'],
    stderr: `error: a secret may not stand in this file: \`password\` says where it comes from
 --> flexgen.yaml:7:60
  |
7 | proxy: { https: { url: http://p:1, username: me, password: *************** } }
  |                                                            ^^^^^^^^^^^^^^^
  = write {env: NAME}, {file: PATH} or {command: [PROGRAM, ARGUMENT, …]}
`,
  },
  {
    name: 'a name with a colon, and one without its password',
    config: configOf('{ http: { url: http://p:1, username: me }, https: { username: "a:b" } }'),
    stderr: `error: \`http\` needs \`password\`
 --> flexgen.yaml:7:10
  |
7 | proxy: { http: { url: http://p:1, username: me }, https: { username: "a:b" } }
  |          ^^^^ add \`password\`, e.g. \`password: {env: PASSWORD}\`

error: \`https\` needs \`url\`
 --> flexgen.yaml:7:51
  |
7 | proxy: { http: { url: http://p:1, username: me }, https: { username: "a:b" } }
  |                                                   ^^^^^
  = add \`url\`, e.g. \`url: http://proxy.corp:3128\`

error: \`https\` needs \`password\`
 --> flexgen.yaml:7:51
  |
7 | proxy: { http: { url: http://p:1, username: me }, https: { username: "a:b" } }
  |                                                   ^^^^^
  = add \`password\`, e.g. \`password: {env: PASSWORD}\`

error: a name may have no colon
 --> flexgen.yaml:7:70
  |
7 | proxy: { http: { url: http://p:1, username: me }, https: { username: "a:b" } }
  |                                                                      ^^^^^
  = write the name alone; the password goes into \`password\`
`,
  },
  {
    name: 'a file that is no CA',
    config: configOf('{ ca: { file: token } }'),
    stderr: `error: this is not a certificate in PEM
 --> flexgen.yaml:7:14
  |
7 | proxy: { ca: { file: token } }
  |              ^^^^^^^^^^^^^^^ a CA is PEM text: -----BEGIN CERTIFICATE-----
`,
  },
  {
    name: 'with Arc’s agent',
    config: `${arc}proxy: { https: { url: http://p:1, username: me, password: { env: PROXY_PASSWORD } } }\n`,
    env,
    stderr: `error: Arc’s agent is not known to take a proxy with a password
  --> flexgen.yaml:12:60
   |
12 | proxy: { https: { url: http://p:1, username: me, password: { env: PROXY_PASSWORD } } }
   |                                                            ^^^^^^^^^^^^^^^^^^^^^^^
   = let the machine through by its address, without a password, or use another \`auth.mode\`
`,
  },
]);
