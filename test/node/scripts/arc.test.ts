import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Outcome } from '../../cli/run.ts';
import { mintedWith, newMachineKey } from '../../../src/cli/identity/machine-key.ts';
import { read } from '../../encode/reader.ts';
import { createMachine } from './shell.ts';
import type { Machine } from './shell.ts';

const settingsPath = '/var/lib/flexgen/azcmagent.json';
const machineKey = await newMachineKey();
const key = machineKey.privateKey;
const primes = mintedWith(machineKey).get('auth.machineKey') ?? '';
const settings = {
  'subscription-id': '33333333-4444-4555-8666-777777777777',
  'resource-group': 'edge-machines',
  'resource-name': 'edge-03',
  'location': 'westeurope',
  'tenant-id': '99999999-8888-4777-8666-555555555555',
  'cloud': 'AzureCloud',
  'vmid': '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d',
  'private-key': primes,
};
/** What the agent is given of it. */
const whole = { ...settings, 'private-key': key };
const givenFile = '/run/flexgen/azcmagent.json';
const group = `/subscriptions/${settings['subscription-id']}/resourceGroups/edge-machines`;
const resourceId = `${group}/providers/Microsoft.HybridCompute/machines/edge-03`;

interface Agent {
  /** What each `connect` says and how it ends; the last for all that follow. */
  readonly connect: readonly (readonly [exitCode: number, output: string])[];
  readonly show?: object;
  readonly settings?: object;
  readonly how?: string;
}

/** A machine with an agent that answers so; it notes its arguments and the file that it was given. */
function machineWith(t: TestContext, { connect, show = {}, how = 'existing', ...rest }: Agent): Machine {
  const machine = createMachine(t);
  machine.write('/etc/flexgen/node.env', 'NODE_NAME=edge-03\nCLUSTER=aks1\nSERVER=https://aks1.example\n');
  machine.write('/etc/flexgen/arc.env', `AGENT_CONNECT=${how}\n`);
  machine.write(settingsPath, JSON.stringify(rest.settings ?? settings), 0o600);
  machine.write('/show', JSON.stringify(show));
  connect.forEach(([exitCode, output], index) => {
    machine.write(`/answers/${index}`, output);
    machine.write(`/answers/${index}.exit`, `${exitCode}`);
  });
  machine.fake(
    'azcmagent',
    `echo "$*" >>argv
if [[ $1 == show ]]; then cat show; exit; fi
[[ $1 == connect ]] || exit 0
file=$(sed 's/.*--config \\([^ ]*\\).*/\\1/' <<<"$*")
stat -c %a "$file" >>modes
cat "$file" >>given
n=$(ls given.* 2>/dev/null | wc -l)
touch given.$n
[[ -e answers/$n ]] || n=${connect.length - 1}
cat answers/$n
exit $(<answers/$n.exit)`,
  );
  machine.fake('sleep', 'echo "$1" >>slept');
  machine.fake('systemctl', 'echo "$*" >>systemctl');
  for (const path of ['/slept', '/systemctl', '/argv', '/given', '/modes']) machine.write(path, '');
  return machine;
}

const connect = async (machine: Machine): Promise<Outcome> =>
  await machine.bash('join\nmodes/entra\nmodes/arc\nstep identity 40\nconnect && echo connected');

const lines = (machine: Machine, path: string): string[] => machine.read(path).split('\n').slice(0, -1);

const hasKey = async (machine: Machine): Promise<string> =>
  (
    await machine.bash(
      `grep -rlFe '${key}' -e '${primes.slice(0, 172)}' var run etc; ls var/lib/flexgen/azcmagent.json 2>/dev/null`,
    )
  ).stdout;

suite('azcmagent', { concurrency: 2, skip: read('jq', ['--version']) === undefined && 'needs jq' }, () => {
  test('connects with one file, and nothing secret is an argument', async (t) => {
    const machine = machineWith(t, { connect: [[0, 'ok']] });
    const { exitCode, stdout } = await connect(machine);
    assert.deepEqual({ exitCode, stdout }, { exitCode: 0, stdout: 'connected\n' });
    assert.deepEqual(lines(machine, '/argv'), [`connect existing --config ${machine.folder}${givenFile}`]);
    assert.deepEqual(JSON.parse(machine.read('/given')), whole);
    assert.deepEqual(lines(machine, '/modes'), ['600']);
    assert.equal(await hasKey(machine), '');
  });

  test('is not asked again when it is connected', async (t) => {
    const machine = machineWith(t, { connect: [[0, 'ok']] });
    await connect(machine);
    const { exitCode, stdout } = await connect(machine);
    assert.deepEqual({ exitCode, stdout }, { exitCode: 0, stdout: 'connected\n' });
    assert.equal(lines(machine, '/argv').length, 1);
  });

  test('takes the host’s name where the payload is for many', async (t) => {
    const { 'resource-name': _, 'private-key': __, 'vmid': ___, ...shared } = settings;
    const machine = machineWith(t, { connect: [[0, 'ok']], how: '', settings: shared });
    await connect(machine);
    const file = `${machine.folder}${settingsPath}`;
    assert.deepEqual(lines(machine, '/argv'), [`connect --resource-name edge-03 --config ${file}`]);
  });

  test('is told of the proxy first', async (t) => {
    const machine = machineWith(t, { connect: [[0, 'ok']] });
    machine.write('/etc/flexgen/proxy.env', 'http_proxy=""\nhttps_proxy=http://proxy.example:3128\n');
    await connect(machine);
    assert.equal(lines(machine, '/argv')[0], 'config set proxy.url http://proxy.example:3128');
  });

  for (const code of ['0026', '0061', '0064', '0065', '0066', '0157']) {
    test(`AZCM${code} is tried again`, async (t) => {
      const failure = [1, `level=fatal msg="AZCM${code}: not now"`] as const;
      const machine = machineWith(t, { connect: [failure, failure, [0, 'ok']] });
      assert.equal((await connect(machine)).exitCode, 0);
      assert.deepEqual(lines(machine, '/slept'), ['5', '15']);
      assert.deepEqual(lines(machine, '/systemctl'), []);
      assert.equal(await hasKey(machine), '');
    });
  }

  test('AZCM0070 is tried again with the agent’s service started anew', async (t) => {
    const machine = machineWith(t, {
      connect: [
        [1, 'AZCM0070: no answer'],
        [0, 'ok'],
      ],
    });
    assert.equal((await connect(machine)).exitCode, 0);
    assert.deepEqual(lines(machine, '/systemctl'), ['restart himdsd']);
  });

  test('what goes on for minutes is a verdict, and the next try has the key still', async (t) => {
    const machine = machineWith(t, { connect: [[1, 'AZCM0065: "quoted"\nnext line']] });
    const { exitCode, stdout } = await connect(machine);
    assert.equal(exitCode, 45);
    assert.equal(
      stdout,
      'flexgen: FAILED at identity (45): azcmagent: AZCM0065:  quoted  — check network, proxy and clock\n',
    );
    assert.deepEqual(lines(machine, '/slept'), ['5', '15', '30', '60']);
    assert.deepEqual(JSON.parse(machine.read(settingsPath)), settings);
  });

  test('a failure without a code is tried again, and its last line is told', async (t) => {
    const machine = machineWith(t, { connect: [[127, 'first\nazcmagent: no such thing']] });
    const { exitCode, stdout } = await connect(machine);
    assert.equal(exitCode, 45);
    assert.match(stdout, /\(45\): azcmagent: azcmagent: no such thing — /);
  });

  for (const [code, remedy] of [
    ['0012', 'render again: the token has expired'],
    ['0016', 'run `flexgen-node logs`'],
    ['0018', 'run `flexgen-node logs`'],
    ['0019', 'run `flexgen-node logs`'],
    ['0023', 'run `flexgen-node logs`'],
    ['0041', 'mend the onboarding identity and render again'],
    ['0042', 'look at this machine in Azure, then render again'],
    ['0044', 'look at this machine in Azure, then render again'],
    ['0101', 'run `flexgen-node logs`'],
  ] as const) {
    test(`AZCM${code} is a verdict at once`, async (t) => {
      const machine = machineWith(t, { connect: [[1, `time=now AZCM${code}: ${'why '.repeat(100)}`]] });
      const { exitCode, stdout } = await connect(machine);
      assert.equal(exitCode, 46);
      const why = `AZCM${code}: ${'why '.repeat(100)}`.slice(0, 200);
      assert.equal(stdout, `flexgen: FAILED at identity (46): azcmagent: ${why} — ${remedy}\n`);
      assert.deepEqual(lines(machine, '/slept'), []);
    });
  }

  for (const [name, show] of [
    ['as it should be', { resourceId, vmId: settings.vmid }],
    ['in other letters', { resourceId: resourceId.toLowerCase(), vmId: settings.vmid.toUpperCase() }],
  ] as const) {
    test(`AZCM0067: connected already, ${name}`, async (t) => {
      const machine = machineWith(t, { connect: [[1, 'AZCM0067: connected']], show });
      assert.deepEqual(await connect(machine), { exitCode: 0, stdout: 'connected\n', stderr: '' });
      assert.equal(await hasKey(machine), '');
    });
  }

  for (const [name, show] of [
    ['as another machine', { resourceId: `${resourceId}2`, vmId: settings.vmid }],
    ['with another identity', { resourceId, vmId: '11111111-1111-4111-8111-111111111111' }],
    ['as nobody knows what', {}],
  ] as const) {
    test(`AZCM0067: connected already, ${name}`, async (t) => {
      const machine = machineWith(t, { connect: [[1, 'AZCM0067: connected']], show });
      const { exitCode, stdout } = await connect(machine);
      assert.equal(exitCode, 47);
      const id = 'resourceId' in show ? show.resourceId : 'null';
      const remedy = 'run `azcmagent disconnect --force-local-only`';
      assert.equal(stdout, `flexgen: FAILED at identity (47): connected already as ${id} — ${remedy}\n`);
      assert.deepEqual(JSON.parse(machine.read(settingsPath)), settings);
    });
  }

  test('AZCM0067 of a machine that names itself is held against its host’s name', async (t) => {
    const { 'resource-name': _, 'private-key': __, 'vmid': ___, ...shared } = settings;
    const agent = { connect: [[1, 'AZCM0067: connected']], how: '', settings: shared } as const;
    assert.equal((await connect(machineWith(t, { ...agent, show: { resourceId, vmId: 'x' } }))).exitCode, 0);
    const other = resourceId.replace('edge-03', 'edge-04');
    const second = machineWith(t, { ...agent, show: { resourceId: other, vmId: 'x' } });
    assert.equal((await connect(second)).exitCode, 47);
  });

  for (const words of ['AZCM0101: unknown key "private-key"', 'required flag(s) "private-key" not set']) {
    test(`gets the key as an argument only when its file may not have it: ${words}`, async (t) => {
      const machine = machineWith(t, {
        connect: [
          [1, `Error: ${words}`],
          [0, 'ok'],
        ],
      });
      assert.equal((await connect(machine)).exitCode, 0);
      const file = `${machine.folder}${givenFile}`;
      assert.deepEqual(lines(machine, '/argv').slice(1), [
        `connect existing --private-key ${key} --config ${file}`,
      ]);
      assert.deepEqual(lines(machine, '/modes'), ['600', '600']);
      const { 'private-key': _, ...others } = settings;
      assert.deepEqual(JSON.parse(machine.read('/given').split(/(?<=^\}\n)/m)[1] ?? ''), others);
      assert.deepEqual(lines(machine, '/slept'), []);
      assert.equal(await hasKey(machine), '');
    });
  }

  test('a wrong key is no reason to show it', async (t) => {
    const machine = machineWith(t, { connect: [[1, 'AZCM0023: the value of private-key is no key']] });
    assert.equal((await connect(machine)).exitCode, 46);
    assert.equal(machine.read('/argv').includes(key), false);
  });

  test('connects before a token is asked for, and nothing of it is left after the join', async (t) => {
    const machine = machineWith(t, { connect: [[0, 'ok']] });
    machine.write(
      '/var/lib/kubelet/token.sh',
      `#!/bin/bash\necho token >>argv\necho '{"status":{"token":"a.b.c"}}'\n`,
      0o700,
    );
    machine.write('/var/lib/kubelet/bootstrap-kubeconfig', '{}', 0o600);
    machine.fake('curl', `printf '{}\\n200'`);
    const script = 'join\nmodes/entra\nmodes/arc\nstep identity 40\nidentify\nforget';
    assert.equal((await machine.bash(script)).exitCode, 0);
    assert.deepEqual(lines(machine, '/argv').slice(1), ['token']);
    const left = machine.names('/var/lib/kubelet').filter((name) => name !== 'token');
    assert.deepEqual(left, []);
  });

  for (const mode of ['entra', 'entra-always']) {
    test(`a file that was not needed is forgotten too (${mode})`, async (t) => {
      const machine = machineWith(t, { connect: [] });
      assert.equal((await machine.bash(`join\nmodes/${mode}\nmodes/arc\nforget`)).exitCode, 0);
      assert.equal(await hasKey(machine), '');
    });
  }
});
