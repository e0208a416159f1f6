import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { lacks, pythonWith, read } from '../encode/reader.ts';
import { decode } from '../render/decode.ts';
import { refuses } from './bad-input/refuses.ts';
import { createRig } from './run.ts';
import { sample, sampleFiles } from './sample.ts';

const password = `p@ss"w\\'o"rd #{}[] é`;
const env = { REGISTRY_PASSWORD: password };
const login = 'username: "robot$edge", password: { env: REGISTRY_PASSWORD }';

const configOf = (runtime: string): string => `${sample}runtime: ${runtime}\n`;

const mirrors = `registryMirrors: { _default: [https://mirror.example], ghcr.io: [https://a.example:443/x] }`;
const registries = `registries: { mirror.example: { ${login}, ca: { file: ca.pem } }, "own.example:5000": { ca: { file: ca.pem } }, docker.io: { ${login} } }`;

const certs = '/etc/containerd/certs.d';
const loginsPath = '/etc/containerd/conf.d/registries.toml';

suite('registries', () => {
  test('each host has its mirrors, its CA and who the machine is to it, which only root reads', async (t) => {
    const config = configOf(`{ ${mirrors}, ${registries} }`);
    const rig = createRig(t, { ...sampleFiles, 'flexgen.yaml': config });
    const { exitCode, stdout, stderr } = await rig.flexgen(['cloud-init'], { env });
    assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
    const files = decode(stdout)?.files;
    if (files === undefined) return lacks(t, 'PyYAML');
    const python = pythonWith('tomllib');
    if (python === undefined) return lacks(t, 'tomllib');
    const toml = (path: string): unknown => {
      const script = 'import json, sys, tomllib; print(json.dumps(tomllib.load(sys.stdin.buffer)))';
      return JSON.parse(read(python, ['-c', script], { input: files.get(path)?.content ?? '' }) ?? '');
    };
    const ca = (host: string): string => `${certs}/${host}/ca.pem`;
    const capabilities = ['pull', 'resolve'];
    const mirror = { 'https://mirror.example': { capabilities, ca: ca('mirror.example') } };
    assert.deepEqual(toml(`${certs}/_default/hosts.toml`), { host: mirror });
    assert.deepEqual(toml(`${certs}/ghcr.io/hosts.toml`), {
      host: { 'https://a.example:443/x': { capabilities } },
    });
    // It has a folder now, so that `_default` is not asked: the mirror stands here too.
    assert.deepEqual(toml(`${certs}/own.example:5000/hosts.toml`), {
      ca: ca('own.example:5000'),
      host: mirror,
    });
    assert.deepEqual(toml(`${certs}/mirror.example/hosts.toml`), { ca: ca('mirror.example') });
    assert.deepEqual(files.get(ca('mirror.example')), { mode: '0644', content: sampleFiles['ca.pem'] });

    assert.equal(files.get(loginsPath)?.mode, '0600');
    const auth = { username: 'robot$edge', password };
    assert.deepEqual(toml(loginsPath), {
      version: 3,
      plugins: {
        'io.containerd.cri.v1.images': {
          registry: { configs: { 'mirror.example': { auth }, 'registry-1.docker.io': { auth } } },
        },
      },
    });
    for (const [path, { content }] of files)
      assert.ok(path === loginsPath || !content.includes('robot$edge'), path);
  });

  test('an image has no password, and the bake says what it can’t pull', async (t) => {
    const rig = createRig(t, {
      ...sampleFiles,
      'flexgen.yaml': `${configOf(`{ ${registries} }`)}image: { images: [mirror.example/a, docker.io/b] }\n`,
    });
    const { exitCode, stderr } = await rig.flexgen(['packer', '--out', 'build']);
    assert.equal(exitCode, 0, stderr);
    assert.match(stderr, /pulls from mirror\.example without the password/);
    for (const [path, content] of Object.entries(rig.files()))
      assert.ok(!path.startsWith('build/') || !content.includes('robot$edge'), path);
  });
});

refuses('registries that can’t be', [
  {
    name: 'half a login, one for everybody, and one that all can read',
    config: `${sample}runtime:
  registryMirrors: { ghcr.io: [http://m.example:5000] }
  registries:
    a.example: { username: me }
    _default: { username: me, password: { env: REGISTRY_PASSWORD } }
    m.example:5000: { username: me, password: { env: REGISTRY_PASSWORD } }
`,
    env,
    stderr: `error: this mirror is not encrypted: the password that is for it would be seen on the way
 --> flexgen.yaml:8:31
  |
8 |   registryMirrors: { ghcr.io: [http://m.example:5000] }
  |                               ^^^^^^^^^^^^^^^^^^^^^^^
  = use \`https://\`, with \`ca\` in \`runtime.registries\` where it has a private CA

warning: this mirror is not encrypted
 --> flexgen.yaml:8:32
  |
8 |   registryMirrors: { ghcr.io: [http://m.example:5000] }
  |                                ^^^^^^^^^^^^^^^^^^^^^
  = what is fetched is verified, but others on the way can see it: use \`https://\` if the mirror has it

error: a login needs \`password\`, too
  --> flexgen.yaml:10:5
   |
10 |     a.example: { username: me }
   |     ^^^^^^^^^ add \`password\`

error: a password is for one host: \`_default\` is none
  --> flexgen.yaml:11:5
   |
11 |     _default: { username: me, password: { env: REGISTRY_PASSWORD } }
   |     ^^^^^^^^ write the host’s name
`,
  },
  {
    name: 'a password in plain, and a name with one',
    config: configOf('{ registries: { a.example: { username: "me:hunter2", password: hunter2-hunter2 } } }'),
    secrets: ['hunter2-hunter2'],
    stderr: `error: a name may have no colon
 --> flexgen.yaml:7:49
  |
7 | runtime: { registries: { a.example: { username: "me:hunter2", password: *************** } } }
  |                                                 ^^^^^^^^^^^^
  = write the name alone; the password goes into \`password\`

error: a secret may not stand in this file: \`password\` says where it comes from
 --> flexgen.yaml:7:73
  |
7 | runtime: { registries: { a.example: { username: "me:hunter2", password: *************** } } }
  |                                                                         ^^^^^^^^^^^^^^^
  = write {env: NAME}, {file: PATH} or {command: [PROGRAM, ARGUMENT, …]}
`,
  },
  {
    name: 'a containerd that knows none',
    config: `${sample}runtime: { registries: { a.example: { ${login} } } }
versions: { containerd: 2.4.0 }
artifacts: { lock: lock.json }
`,
    files: {
      'lock.json': JSON.stringify({
        lockVersion: 1,
        artifacts: [
          {
            name: 'containerd',
            version: '2.4.0',
            arch: 'amd64',
            url: 'https://mirror.example/containerd.tar.gz',
            sha256: '0'.repeat(64),
          },
        ],
      }),
    },
    env,
    stderr: `error: containerd 2.4.0 knows no logins of registries any more
 --> flexgen.yaml:8:25
  |
8 | versions: { containerd: 2.4.0 }
  |                         ^^^^^
  = use a version below 2.4, or \`imagePullSecrets\` of the pods in place of \`runtime.registries\`
`,
  },
]);
