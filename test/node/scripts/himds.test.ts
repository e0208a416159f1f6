import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { read } from '../../encode/reader.ts';
import { askToken, credentialOf, planAuth, tokenScript } from './credential.ts';
import { startHimds } from './himds.ts';
import { serve } from './server.ts';
import { createMachine } from './shell.ts';
import type { Machine } from './shell.ts';

const skip = ['curl', 'jq', 'python3'].find((tool) => read(tool, ['--version']) === undefined);

const aks = '6dae42f8-4368-4678-94ff-3960e28e3630';
const issue = `[[ $1 == ${aks} ]] && echo '{"access_token":"a.b.c","expires_on":1795565004}'`;

const auth =
  '{ mode: arc, subscriptionId: 33333333-4444-4555-8666-777777777777, resourceGroup: g, location: westeurope, tenantId: 99999999-8888-4777-8666-555555555555 }';

/** The machine of the plan whose token.sh asks that port. */
async function tokenAt(t: TestContext, machine: Machine, port: number | string): Promise<void> {
  const file = (await planAuth(t, auth)).find(({ path }) => path === tokenScript);
  assert.ok(file);
  assert.match(file.content, /http:\/\/127\.0\.0\.1:40342\//);
  machine.put({ ...file, content: file.content.replace('127.0.0.1:40342', `127.0.0.1:${port}`) });
}

/** A machine whose port is held by somebody else, who answers so. */
async function machineThatHears(t: TestContext, listener: RequestListener): Promise<Machine> {
  const machine = createMachine(t);
  mkdirSync(`${machine.folder}/var/opt/azcmagent/tokens`, { recursive: true });
  await tokenAt(t, machine, new URL(await serve(t, listener)).port);
  return machine;
}

suite('an Arc machine', { concurrency: 2, skip: skip !== undefined && `needs ${skip}` }, () => {
  for (const form of ['epoch', 'iso']) {
    test(`gets a token by answering the challenge; its end is written as ${form}`, async (t) => {
      const machine = createMachine(t);
      const himds = await startHimds(t, machine, issue, { HIMDS_EXPIRES_ON: form });
      await tokenAt(t, machine, himds.port);
      for (const _ of ['first', 'second'])
        assert.deepEqual(credentialOf(await askToken(machine)), { token: 'a.b.c', ends: 1795564704 });
      assert.deepEqual(himds.violations(), []);
      assert.deepEqual(machine.names('/var/opt/azcmagent/tokens'), []);
    });
  }

  test('asks through no proxy, and shows the key to nobody', async (t) => {
    const machine = createMachine(t);
    const himds = await startHimds(t, machine, issue);
    await tokenAt(t, machine, himds.port);
    machine.fake('curl', `printf '%s\\n' "$@" >>argv; exec "$(PATH=\${PATH#*:} type -p curl)" "$@"`);
    const proxy = { http_proxy: 'http://127.0.0.1:1', ALL_PROXY: 'http://127.0.0.1:1' };
    credentialOf(await machine.bash(`exec .${tokenScript}`, proxy));
    const argv = machine.read('/argv').split('\n');
    assert.deepEqual(
      argv.filter((word) => word.startsWith('-')),
      ['-sSm20', '--noproxy', '-H', '-D-', '-sSm20', '--noproxy', '-H', '-H@-'],
    );
    assert.deepEqual(himds.violations(), []);
  });

  test('says why there is no token', async (t) => {
    const machine = createMachine(t);
    const himds = await startHimds(t, machine, 'exit 3');
    await tokenAt(t, machine, himds.port);
    const { exitCode, stdout, stderr } = await askToken(machine);
    assert.notEqual(exitCode, 0);
    assert.equal(stdout, '');
    assert.match(stderr, /^\S+\/bin\/issue ended with 3$/);
  });

  test('whose agent is down says what curl says', async (t) => {
    const machine = createMachine(t);
    await tokenAt(t, machine, 1);
    const { exitCode, stdout, stderr } = await askToken(machine);
    assert.deepEqual({ exitCode, stdout }, { exitCode: 7, stdout: '' });
    assert.match(stderr, /^curl: \(7\) .*\n$/);
  });

  // Whoever holds the port while the agent is down wants a file that only root can read.
  for (const [name, realm] of [
    ['another folder', '/etc/shadow.key'],
    ['a folder above', '/var/opt/azcmagent/tokens/../certs/secret.key'],
    ['a folder below', '/var/opt/azcmagent/tokens/below/secret.key'],
    ['another name', '/var/opt/azcmagent/tokens/secret.pem'],
    ['a folder beside', '/var/opt/azcmagent/tokens.d/secret.key'],
    ['a file that is too long', '/var/opt/azcmagent/tokens/long.key'],
    ['a link', '/var/opt/azcmagent/tokens/link.key'],
    ['a file that is not there', '/var/opt/azcmagent/tokens/none.key'],
    ['an expression', '/var/opt/azcmagent/tokens/$(touch pwned).key'],
    ['nothing', ''],
  ] as const) {
    test(`shows no file to a challenge that names ${name}`, async (t) => {
      const shown: (string | undefined)[] = [];
      const machine = await machineThatHears(t, ({ headers }, response) => {
        shown.push(headers.authorization);
        const path = realm === '' ? '' : machine.folder + realm;
        response.writeHead(401, { 'www-authenticate': `Basic realm=${path}` }).end('{"error":"x"}');
      });
      for (const path of ['/etc/shadow.key', realm || '/etc/x'])
        if (!/none|link|long|\$/.test(path)) machine.write(path, 'hunter2', 0o600);
      machine.write('/var/opt/azcmagent/tokens/long.key', 'x'.repeat(4097));
      symlinkSync(`${machine.folder}/etc/shadow.key`, `${machine.folder}/var/opt/azcmagent/tokens/link.key`);
      const { exitCode, stdout, stderr } = await askToken(machine);
      assert.deepEqual({ exitCode, stdout }, { exitCode: 1, stdout: '' });
      const last = stderr.trimEnd().split('\n').at(-1);
      assert.equal(
        last,
        `HIMDS: no challenge with a key of ${machine.folder}/var/opt/azcmagent/tokens: {"error":"x"}`,
      );
      assert.deepEqual(shown, [undefined]);
      assert.equal(machine.names('/').includes('pwned'), false);
    });
  }

  test('takes a key of 4096 bytes, and the header in any case', async (t) => {
    const shown: (string | undefined)[] = [];
    const key = 'k'.repeat(4096);
    const machine = await machineThatHears(t, ({ headers }, response) => {
      shown.push(headers.authorization);
      if (headers.authorization !== undefined)
        return void response.writeHead(200).end('{"access_token":"a.b.c","expires_on":"1795565004"}');
      const realm = `${machine.folder}/var/opt/azcmagent/tokens/a-1.key`;
      return void response.writeHead(401, { 'WWW-AUTHENTICATE': `basic REALM=${realm}` }).end();
    });
    machine.write('/var/opt/azcmagent/tokens/a-1.key', key, 0o640);
    assert.deepEqual(credentialOf(await askToken(machine)), { token: 'a.b.c', ends: 1795564704 });
    assert.deepEqual(shown, [undefined, `Basic ${key}`]);
  });
});
