import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Outcome } from '../../cli/run.ts';
import { read } from '../../encode/reader.ts';
import { createMachine } from './shell.ts';
import type { Machine } from './shell.ts';

const keys = {
  vendor: '96DA1AA12B6516D65A96A0EB7864CF955A08D86C',
  other: 'E6EA3A020194137EBE52701B988D219F17E93C58',
} as const;
const keyOf = (name: string): string => readFileSync(new URL(`keys/${name}.asc`, import.meta.url), 'utf8');
const keyUrl = 'https://packages.example/keys/vendor.asc';
const repository = 'https://packages.example/ubuntu/24.04/prod noble main';

/** A machine that fetches this for the vendor's key; its apt notes what it is called with, and ends so. */
function machineWith(t: TestContext, served: string, settings = '', apt = 'true'): Machine {
  const machine = createMachine(t);
  machine.write('/etc/flexgen/image.env', settings);
  machine.write(
    '/etc/flexgen/arc.env',
    `AGENT_CONNECT=existing\nAGENT_REPO="${repository}"\nAGENT_KEY_URL=${keyUrl}\nAGENT_KEY=${keys.vendor}\n`,
  );
  machine.write('/served', served);
  machine.write('/argv', '');
  machine.fake('curl', 'echo "curl $*" >>argv; cat served');
  machine.fake('apt-get', `echo "apt-get $*" >>argv; ${apt}`);
  machine.fake('dpkg-query', 'cat status 2>/dev/null');
  return machine;
}

const install = async (machine: Machine, how = 'apt'): Promise<Outcome> =>
  await machine.bash(`install\nmodes/arc\nmodes/arc-${how}\nstep packages 15\nagent && echo installed`);

const installed = { exitCode: 0, stdout: 'installed\n', stderr: '' };

const aptCalls = (machine: Machine): string[] =>
  machine
    .read('/argv')
    .split('\n')
    .filter((line) => line.startsWith('apt-get '));

const skip = read('gpg', ['--version']) === undefined;

/** What gpg says of the keys that apt would trust. */
const trusted = ({ folder }: Machine): string =>
  read('gpg', ['--homedir', folder, '--show-keys', '--with-colons', `${folder}/etc/flexgen/agent.gpg`]) ?? '';

suite('Arc’s agent, from a repository', { concurrency: 2, skip: skip && 'needs gpg' }, () => {
  test('is installed from that list alone, signed by that key alone', async (t) => {
    const machine = machineWith(t, keyOf('vendor'));
    assert.deepEqual(await install(machine), installed);
    const etc = `${machine.folder}/etc/flexgen`;
    assert.equal(machine.read('/etc/flexgen/agent.list'), `deb [signed-by=${etc}/agent.gpg] ${repository}\n`);
    const only = `-o APT::Get::List-Cleanup=0 -o Dir::Etc::sourcelist=${etc}/agent.list -o Dir::Etc::sourceparts=-`;
    const options = `-qy -o DPkg::Lock::Timeout=600 -o Acquire::Retries=4 ${only}`;
    assert.deepEqual(aptCalls(machine), [
      `apt-get ${options} update`,
      `apt-get ${options} --no-install-recommends install azcmagent`,
    ]);
    const shown = trusted(machine);
    assert.deepEqual([...shown.matchAll(/^pub/gm)].length, 1);
    assert.match(shown, new RegExp(`:${keys.vendor}:`));
  });

  test('of a given version, through a mirror with a CA of its own', async (t) => {
    const machine = machineWith(
      t,
      keyOf('vendor'),
      'MIRROR_CA=/etc/corp.pem\nAGENT_VERSION=1.60.03293.809\n',
    );
    assert.deepEqual(await install(machine), installed);
    const [update = '', second = ''] = aptCalls(machine);
    assert.match(update, / -o Acquire::https::CAInfo=\/etc\/corp\.pem update$/);
    assert.match(second, / install azcmagent=1\.60\.03293\.809$/);
    assert.match(machine.read('/argv'), new RegExp(`^curl .* --cacert /etc/corp\\.pem ${keyUrl}\n`));
  });

  for (const [name, status, settings, expected] of [
    ['there already', 'installed 1.2.3', '', 0],
    ['there in that version', 'installed 1.2.3', 'AGENT_VERSION=1.2.3\n', 0],
    ['there in another version', 'installed 1.2.2', 'AGENT_VERSION=1.2.3\n', 2],
    ['removed but for its settings', 'config-files 1.2.3', '', 2],
  ] as const) {
    test(`which is ${name}`, async (t) => {
      const machine = machineWith(t, keyOf('vendor'), settings);
      machine.write('/status', status);
      assert.deepEqual(await install(machine), installed);
      assert.equal(aptCalls(machine).length, expected);
    });
  }

  const two = `${keys.vendor} and ${keys.other}`;
  for (const [name, served, why] of [
    ['another key', keyOf('other'), `${keyUrl} holds ${keys.other}, not ${keys.vendor}`],
    ['that key and another', keyOf('both'), `${keyUrl} holds ${two}, not ${keys.vendor}`],
    ['that key, and another block', keyOf('vendor') + keyOf('other'), undefined],
    ['another key, and that block', keyOf('other') + keyOf('vendor'), undefined],
    ['a page that is no key', '<html><b>Please log in</b></html>\n', undefined],
    ['nothing', '', undefined],
    ['half of the key', keyOf('vendor').slice(0, 300), undefined],
  ] as const) {
    test(`${name} never gets to apt as more than that key`, async (t) => {
      const machine = machineWith(t, served);
      const { exitCode, stdout } = await install(machine);
      if (exitCode === 0) {
        // What was looked at is what apt reads.
        const shown = trusted(machine);
        assert.equal(shown.match(/^fpr:+([^:]+)/m)?.[1], keys.vendor);
        assert.equal(shown.match(/^pub/gm)?.length, 1);
        return;
      }
      assert.equal(exitCode, 17);
      assert.deepEqual(aptCalls(machine), []);
      if (why !== undefined)
        assert.equal(stdout, `flexgen: FAILED at packages (17): ${why} — mend auth.agent\n`);
    });
  }

  test('a page that is no key is called so', async (t) => {
    const machine = machineWith(t, '<html><b>Please log in</b></html>\n');
    assert.match(
      (await install(machine)).stdout,
      /^flexgen: FAILED at packages \(17\): no OpenPGP key at https:\/\/packages\.example\/keys\/vendor\.asc: gpg: no valid OpenPGP data found\. — mend the mirror\n$/,
    );
  });

  test('what apt says is the reason', async (t) => {
    const why = 'echo "Ign: 1"; echo "E: Unable to locate package azcmagent" >&2; exit 100';
    const machine = machineWith(t, keyOf('vendor'), '', why);
    const { exitCode, stdout } = await install(machine);
    assert.equal(exitCode, 18);
    assert.equal(
      stdout,
      'flexgen: FAILED at packages (18): azcmagent: E: Unable to locate package azcmagent — look at its repository\n',
    );
  });
});

suite('Arc’s agent, from a lock file', { concurrency: 2 }, () => {
  const settings = 'AGENT_VERSION=1.60.03293.809\n';

  test('is installed once its digest has been checked', async (t) => {
    const machine = machineWith(t, '', settings);
    const script = 'install\nmodes/arc\nmodes/arc-deb\nstep packages 15\nfinish() { echo "$1"; }\nagent';
    machine.write('/var/lib/flexgen/cache/deb/azcmagent', 'a package');
    assert.deepEqual(await machine.bash(script), { exitCode: 0, stdout: 'azcmagent\n', stderr: '' });
    const file = `${machine.folder}/var/lib/flexgen/cache/deb/azcmagent.deb`;
    assert.deepEqual(aptCalls(machine), [
      `apt-get -qy --no-install-recommends -o DPkg::Lock::Timeout=600 install ${file}`,
    ]);
    assert.equal(machine.read('/var/lib/flexgen/cache/deb/azcmagent.deb'), 'a package');
  });

  test('which is there in that version', async (t) => {
    const machine = machineWith(t, '', settings);
    machine.write('/status', 'installed 1.60.03293.809');
    assert.deepEqual(await install(machine, 'deb'), installed);
    assert.deepEqual(aptCalls(machine), []);
  });
});
