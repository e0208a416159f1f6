import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { authModes } from '../../../src/node/auth/index.ts';
import { modes } from '../../../src/cli/init/answers.ts';
import { lacks, read } from '../../encode/reader.ts';
import { createRig, execute, program, root } from '../run.ts';
import { sampleFiles } from '../sample.ts';

const id =
  '/subscriptions/33333333-4444-4555-8666-777777777777/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks1';
const guids = ['11111111-2222-4333-8444-555555555555', '99999999-8888-4777-8666-555555555555'] as const;

const head =
  '# An editor completes every key and says what it means: `flexgen schema > schema.json`, and as the first line of this\n# file `# yaml-language-server: $schema=schema.json`.\napiVersion: flexgen/v1\n';
const cluster = `
# Read from Azure at each render; \`flexgen facts\` keeps it in a file, for renders without a network.
cluster:
  resourceId: ${id}
`;
const token = `
# flexgen makes a token for this node when it renders, and the node forgets it once it is Ready.
# The token must outlive the time until the machine boots.
auth:
  mode: bootstrap-token
  ttl: 24h
`;
const network = `
# The pods’ network follows from the cluster. Where its controller gives nodes no range, give each node its own:
# network: { mode: bridge, podCIDR: 10.244.7.0/24 }
`;
const written = 'wrote flexgen.yaml; next: flexgen preflight\n';

suite('flexgen init', { concurrency: 2 }, () => {
  test('on options alone: defaults for the rest, and what comes next', async (t) => {
    const rig = createRig(t);
    assert.deepEqual(await rig.flexgen(['init', '--resource-id', id]), {
      exitCode: 0,
      stdout: '',
      stderr: written,
    });
    assert.equal(
      rig.read('flexgen.yaml'),
      `${head}${cluster}${token}
# Its name is the machine’s own host name, unless it stands here: name: edge-01
node:
  os: ubuntu-24.04
  arch: amd64
${network}`,
    );
  });

  test('all options', async (t) => {
    const rig = createRig(t);
    const args = [
      '--facts',
      'aks1.yaml',
      '--mode',
      'service-principal',
      '--client-id',
      guids[0],
      '--tenant-id',
      guids[1],
    ];
    const node = ['--name', 'edge-01', '--os', 'debian-13', '--arch', 'arm64', '--pod-cidr', '10.244.7.0/24'];
    const { exitCode, stderr } = await rig.flexgen(['init', ...args, ...node, '--out', 'edge.yaml']);
    assert.deepEqual(
      [exitCode, stderr],
      [0, 'wrote edge.yaml; next: flexgen preflight --config edge.yaml\n'],
    );
    assert.equal(
      rig.read('edge.yaml'),
      `${head}
# From this file: no network is needed to render.
cluster:
  facts: aks1.yaml

# The secret never stands here: {env: NAME}, {file: PATH} or {command: [op, read, …]}; or in its place
# certificate: {file: cert-and-key.pem}. The node forgets it once it is Ready.
auth:
  mode: service-principal
  clientId: ${guids[0]}
  tenantId: ${guids[1]}
  secret:
    env: AZURE_CLIENT_SECRET

node:
  name: edge-01
  os: debian-13
  arch: arm64

# This node’s own range of pod addresses; another node needs another one.
network:
  mode: bridge
  podCIDR: 10.244.7.0/24
`,
    );
  });

  test('what it has written renders, in every mode', async (t) => {
    assert.deepEqual(authModes.map(({ mode }) => mode).toSorted(), [...modes].toSorted());
    const rig = createRig(t, sampleFiles);
    for (const mode of modes) {
      const ids = mode === 'service-principal' ? ['--client-id', guids[0], '--tenant-id', guids[1]] : [];
      const made = [
        'init',
        '--facts',
        'facts.yaml',
        '--mode',
        mode,
        '--name',
        'edge-01',
        ...ids,
        '--out',
        `${mode}.yaml`,
      ];
      assert.equal((await rig.flexgen(made)).exitCode, 0, mode);
      const checked = await rig.flexgen(['validate', '--offline', '--config', `${mode}.yaml`], {
        env: { AZURE_CLIENT_SECRET: 'hunter2' },
      });
      // Where Arc keeps the machine is the cluster's own, which these facts don't say.
      if (mode !== 'arc') assert.equal(checked.exitCode, 0, `${mode}: ${checked.stderr}`);
    }
  });

  test('without a terminal, what is lacking is named, all at once', async (t) => {
    const rig = createRig(t);
    const hint =
      '  name them: `flexgen init --resource-id ID --mode bootstrap-token`; at a terminal you are asked\n';
    for (const [args, missing] of [
      [[], '--resource-id (or --facts)'],
      [['--mode', 'service-principal'], '--resource-id (or --facts), --client-id, --tenant-id'],
      [['--mode', 'arc', '--facts', 'a'], '--name'],
    ] as const) {
      const stderr = `error: there is no terminal to ask at, and no ${missing}\n${hint}`;
      assert.deepEqual(await rig.flexgen(['init', ...args]), { exitCode: 2, stdout: '', stderr });
    }
    assert.deepEqual(rig.files(), {});
  });

  test('what is wrong with an answer is said, and nothing is written', async (t) => {
    const rig = createRig(t);
    const { exitCode, stderr } = await rig.flexgen(['init', '--resource-id', 'aks1', '--name', 'Edge 1']);
    assert.equal(exitCode, 3);
    assert.match(stderr, /^error: .*\n --> flexgen\.yaml:7:15\n/);
    assert.match(stderr, /\nflexgen\.yaml was not written\n$/);
    assert.deepEqual(rig.files(), {});
  });

  test('a config that is there is left alone, unless it is said', async (t) => {
    const rig = createRig(t, { 'flexgen.yaml': 'mine' });
    const args = ['init', '--resource-id', id];
    assert.deepEqual(await rig.flexgen(args), {
      exitCode: 2,
      stdout: '',
      stderr: 'error: flexgen.yaml is there already\n  name another file, or replace it with `--force`\n',
    });
    assert.equal(rig.read('flexgen.yaml'), 'mine');
    assert.equal((await rig.flexgen([...args, '--force'])).stderr, written);
  });

  test('at a terminal it asks, again where the answer is none', async (t) => {
    if (read('python3', ['-c', '']) === undefined) return lacks(t, 'python3');
    const rig = createRig(t);
    const answers = ['', id, 'arcc', 'arc', '', 'edge-01', 'debian-13', ''];
    const terminal = fileURLToPath(new URL('terminal.py', import.meta.url));
    const command = [...answers, '--', process.execPath, program, 'init'];
    const ended = await execute('python3', [terminal, ...command], {
      cwd: rig.folder,
      env: { HOME: rig.folder },
    });
    const [ask, mode, name, os, arch] = [
      'The cluster’s resource id (`az aks list --query [].id -o tsv` lists yours): ',
      'How the machine signs in (bootstrap-token, arc, service-principal, managed-identity) [bootstrap-token]: ',
      'The node’s name, which is the machine’s in Azure: ',
      'The machine’s system (ubuntu-24.04, ubuntu-22.04, debian-13, debian-12) [ubuntu-24.04]: ',
      'Its architecture (amd64, arm64, auto) [amd64]: ',
    ];
    const stdout = [
      `${ask}\n`,
      `${ask}${id}\n`,
      `${mode}arcc\n`,
      `${mode}arc\n`,
      `${name}\n`,
      `${name}edge-01\n`,
      `${os}debian-13\n`,
      `${arch}\n`,
      written,
    ].join('');
    assert.deepEqual(ended, { exitCode: 0, stdout, stderr: '' });
    assert.match(
      rig.read('flexgen.yaml'),
      /mode: arc\n[^]*name: edge-01\n {2}os: debian-13\n {2}arch: amd64\n/,
    );
  });

  test('--starter lists what is there, in the words of each', async (t) => {
    const folder = `${root}/templates/config`;
    const { exitCode, stdout } = await createRig(t).flexgen(['init', '--starter']);
    assert.equal(exitCode, 0);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => /^(\S+) +when (.*)$/.exec(line)?.slice(1) ?? []);
    const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
    assert.deepEqual(lines.map(([name]) => `${name}.yaml`).toSorted(), files.toSorted());
    for (const [name, when = ''] of lines) {
      const text = readFileSync(`${folder}/${name}.yaml`, 'utf8')
        .replaceAll(/\n# ?/g, ' ')
        .replaceAll("'", '’');
      assert.ok(text.includes(`Use it when: ${when}.`), name);
    }
  });
});
