import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { azureFor } from '../../azure/fixture.ts';
import { machineObjectId } from '../../azure/server/imds.ts';
import { read } from '../../encode/reader.ts';
import { askToken, credentialOf, machineWithToken, objectIdOf, planAuth } from './credential.ts';
import { serve } from './server.ts';
import type { Machine } from './shell.ts';

const skip = ['curl', 'jq'].find((tool) => read(tool, ['--version']) === undefined);

/** A machine that asks there instead of 169.254.169.254; it sleeps for no time, and notes for how long it would. */
async function machineAt(
  t: TestContext,
  origin: string,
  auth = '{ mode: managed-identity }',
): Promise<Machine> {
  const plan = await planAuth(t, auth);
  const machine = machineWithToken(t, plan, (text) => text.replace('http://169.254.169.254', origin));
  machine.fake('sleep', 'echo "$1" >>slept');
  machine.write('/slept', '');
  return machine;
}

const token = JSON.stringify({ access_token: 'a.b.c', expires_on: '1795565004', token_type: 'Bearer' });

/** A machine whose metadata service answers so, one after the other, and then like the last. */
async function machineThatHears(
  t: TestContext,
  answers: readonly (readonly [status: number, body: string])[],
): Promise<Machine> {
  let asked = 0;
  const origin = await serve(t, (_, response) => {
    const [status, body] = answers[Math.min(asked++, answers.length - 1)] ?? [500, ''];
    response.writeHead(status).end(body);
  });
  return await machineAt(t, origin);
}

const slept = (machine: Machine): string[] => machine.read('/slept').split('\n').slice(0, -1);

suite('a managed identity', { concurrency: 2, skip: skip !== undefined && `needs ${skip}` }, () => {
  test('gets a token that ends five minutes early', async (t) => {
    const azure = await azureFor(t);
    const machine = await machineAt(t, azure.imdsEndpoint);
    const before = Math.floor(Date.now() / 1000);
    const { token: got, ends } = credentialOf(await askToken(machine));
    assert.equal(objectIdOf(got), machineObjectId);
    assert.ok(ends >= before + 3299 && ends <= Date.now() / 1000 + 3299);
    assert.deepEqual(slept(machine), []);
  });

  test('of several is the one of the client id', async (t) => {
    const azure = await azureFor(t);
    const { clientId, objectId } = azure.credentials.managedIdentity;
    const auth = `{ mode: managed-identity, clientId: ${clientId.toUpperCase()} }`;
    const machine = await machineAt(t, azure.imdsEndpoint, auth);
    assert.equal(objectIdOf(credentialOf(await askToken(machine)).token), objectId);
  });

  test('that is not there says so, at once', async (t) => {
    const azure = await azureFor(t);
    const auth = '{ mode: managed-identity, clientId: 11111111-2222-4333-8444-555555555555 }';
    const machine = await machineAt(t, azure.imdsEndpoint, auth);
    const { exitCode, stdout, stderr } = await askToken(machine);
    assert.notEqual(exitCode, 0);
    assert.deepEqual({ stdout, stderr }, { stdout: '', stderr: 'Identity not found' });
    assert.deepEqual(slept(machine), []);
  });

  test('asks through no proxy, whatever the environment says', async (t) => {
    const azure = await azureFor(t);
    const machine = await machineAt(t, azure.imdsEndpoint);
    const proxy = { http_proxy: 'http://127.0.0.1:1', ALL_PROXY: 'http://127.0.0.1:1' };
    credentialOf(await machine.bash('exec ./var/lib/kubelet/token.sh', proxy));
  });

  for (const [name, answers, pauses] of [
    [
      'is asked again while the service is not up',
      [
        [404, ''],
        [429, '{}'],
        [500, 'x'],
        [200, token],
      ],
      [2, 4, 8],
    ],
    ['is asked five times', [[503, '{"error":"busy"}']], [2, 4, 8, 16]],
    ['is asked for 70 seconds while the service is renewed', [[410, '{"error":"gone"}']], [2, 4, 8, 16, 40]],
    [
      'gets its token after 70 seconds',
      [...Array.from({ length: 5 }, () => [410, ''] as const), [200, token]],
      [2, 4, 8, 16, 40],
    ],
    ['is refused once', [[400, '{"error":"invalid_request"}']], []],
    ['is refused with 403 once', [[403, '{"error":"forbidden"}']], []],
  ] as const) {
    test(name, async (t) => {
      const machine = await machineThatHears(t, answers);
      const outcome = await askToken(machine);
      assert.deepEqual(slept(machine).map(Number), pauses);
      const [status, body] = answers.at(-1) ?? [0, ''];
      if (status === 200) {
        assert.deepEqual(credentialOf(outcome), { token: 'a.b.c', ends: 1795564704 });
      } else {
        assert.notEqual(outcome.exitCode, 0);
        const { stdout, stderr } = outcome;
        assert.deepEqual(
          { stdout, stderr },
          { stdout: '', stderr: (JSON.parse(body) as { error: string }).error },
        );
      }
    });
  }

  test('without a metadata service says what curl says', async (t) => {
    const machine = await machineAt(t, 'http://127.0.0.1:1');
    const { exitCode, stdout, stderr } = await askToken(machine);
    assert.deepEqual({ exitCode, stdout }, { exitCode: 1, stdout: '' });
    assert.match(stderr.trimEnd().split('\n').at(-1) ?? '', /^curl: \(7\) /);
    assert.deepEqual(slept(machine), ['2', '4', '8', '16']);
  });
});
