import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { allLines, diagnostic, ended, keyLine, machineLine, roleLine } from './identity-lines.ts';
import { identitySite } from './identity-site.ts';

/** The SDK asks three times more where a connection is cut. */
const attempts = 4;

const again = 'check the network and HTTPS_PROXY, then run it again: what is done is not done twice';

/** When and where it is cut, what the run that was cut says that it has done, and what the next one does. */
type Cut = readonly [when: 'cutBefore' | 'cutAfter', path: RegExp, done: string[], left: string[]];

const machine = /\/machines\/[^/]+$/;
const assignment = /\/roleAssignments\/[^/]+$/;

const bothMade = [keyLine('+'), machineLine('+')];
const withoutRole = [keyLine('='), machineLine('='), roleLine('+')];
const keyOnly = [keyLine('='), machineLine('+'), roleLine('+')];

const applying: Readonly<Record<string, Cut>> = {
  'before the machine is made': ['cutBefore', machine, [keyLine('+')], keyOnly],
  'after the machine is made': ['cutAfter', machine, [keyLine('+')], withoutRole],
  'before its role is assigned': ['cutBefore', assignment, bothMade, withoutRole],
  'after its role is assigned': ['cutAfter', assignment, bothMade, [allLines('=')]],
};

const withRole = [roleLine('-'), machineLine('-'), keyLine('-')];

const removing: Readonly<Record<string, Cut>> = {
  'before the machine is deleted': ['cutBefore', machine, [roleLine('-')], withRole.slice(1)],
  'after the machine is deleted': ['cutAfter', machine, [roleLine('-')], withRole.slice(2)],
  'before its role is taken back': ['cutBefore', assignment, [], withRole],
  'after its role is taken back': ['cutAfter', assignment, [], withRole.slice(1)],
};

const cutMessage = (port: string, done: number): string =>
  `error: can't reach ${port}: the connection was cut (ECONNRESET); ${done} of 3 changes were made before\n  ${again}\n`;

// The most of it is waiting for the next attempt.
const together = { concurrency: 4 };

suite('an apply that is cut', together, () => {
  for (const [name, [when, path, done, left]] of Object.entries(applying)) {
    test(`${name} is finished by the next`, async (t) => {
      const site = await identitySite(t);
      const { azure } = site;
      azure[when]('PUT', path, attempts);
      const host = new URL(azure.endpoint).host;
      assert.deepEqual(await site.identity('apply'), ended(4, done.join(''), cutMessage(host, done.length)));
      const next = await site.identity('apply');
      assert.deepEqual([next.code, next.stdout], [0, left.join('')]);
      assert.deepEqual([azure.machines.all().length, azure.roleAssignments.length], [1, 1]);
      assert.equal(azure.roleAssignments[0]?.principalId, azure.machines.all()[0]?.principalId);
      assert.deepEqual((await site.identity('plan --check')).stdout, allLines('='));
    });
  }
});

suite('a remove that is cut', together, () => {
  for (const [name, [when, path, done, left]] of Object.entries(removing)) {
    test(`${name} is finished by the next`, async (t) => {
      const site = await identitySite(t);
      const { azure } = site;
      await site.identity('apply');
      azure[when]('DELETE', path, attempts);
      const host = new URL(azure.endpoint).host;
      assert.deepEqual(await site.identity('remove'), ended(4, done.join(''), cutMessage(host, done.length)));
      const next = await site.identity('remove');
      assert.deepEqual([next.code, next.stdout], [0, left.join('')]);
      assert.deepEqual([azure.machines.all(), azure.roleAssignments], [[], []]);
    });
  }
});

suite('what is asked again by itself', together, () => {
  test('a request that was heard, but whose answer was lost, is not done twice', async (t) => {
    const site = await identitySite(t);
    for (const path of [machine, assignment]) {
      site.azure.cutAfter('PUT', path);
      site.azure.cutAfter('DELETE', path);
    }
    const made = ended(0, allLines('+'), 'arc: 3 changes made\n');
    assert.deepEqual(await site.identity('apply'), made);
    const gone = roleLine('-') + machineLine('-') + keyLine('-');
    assert.deepEqual(await site.identity('remove'), ended(0, gone, 'arc: 3 changes made\n'));
    assert.deepEqual(site.writes(), [
      'PUT machines 200',
      'PUT machines 200',
      'PUT roleAssignments 201',
      'PUT roleAssignments 200',
      'DELETE roleAssignments 200',
      'DELETE roleAssignments 204',
      'DELETE machines 200',
      'DELETE machines 204',
    ]);
  });

  test('a role for an identity that Azure does not know everywhere yet', async (t) => {
    const site = await identitySite(t);
    site.azure.replicationDelay(1);
    const made = ended(0, allLines('+'), 'arc: 3 changes made\n');
    assert.deepEqual(await site.identity('apply'), made);
    assert.deepEqual(site.writes(), [
      'PUT machines 200',
      'PUT roleAssignments 400',
      'PUT roleAssignments 201',
    ]);
  });

  test('a list that lags behind', async (t) => {
    const site = await identitySite(t);
    site.azure.lagLists(3);
    const made = ended(0, allLines('+'), 'arc: 3 changes made\n');
    assert.deepEqual(await site.identity('apply'), made);
    assert.equal((await site.identity('apply')).code, 0);
    assert.equal((await site.identity('remove')).code, 0);
    assert.deepEqual([site.azure.machines.all(), site.azure.roleAssignments], [[], []]);
  });

  test('a request too many, as often as Azure says', async (t) => {
    const site = await identitySite(t);
    const { azure } = site;
    azure.throttle(2, 1);
    const made = ended(0, allLines('+'), 'arc: 3 changes made\n');
    assert.deepEqual(await site.identity('apply'), made);
    azure.throttle(2, 120);
    const host = new URL(azure.endpoint).host;
    const message = `error: ${host} takes no more requests for now (429): it asks to wait 120 s\n  try again later\n`;
    assert.deepEqual(await site.identity('plan'), ended(4, '', message));
  });
});

test('two that run at the same time make one machine, with one key', async (t) => {
  const site = await identitySite(t);
  const both = await Promise.all([site.identity('apply'), site.identity('apply')]);
  assert.deepEqual(
    both.map(({ code }) => code),
    [0, 0],
  );
  assert.deepEqual([site.azure.machines.all().length, site.azure.roleAssignments.length], [1, 1]);
  assert.deepEqual((await site.identity('plan --check')).stdout, allLines('='));
});

test('an identity that is nobody’s is not asked for minutes', async (t) => {
  const site = await identitySite(t);
  const objectId = '11111111-2222-3333-4444-555555555555';
  const { clientId, tenantId } = site.azure.credentials;
  await site.as({
    mode: 'service-principal',
    clientId,
    tenantId,
    objectId,
    federated: { file: '/run/token' },
  });
  const refusal = diagnostic(
    `Azure does not know the identity ${objectId}; 0 of 1 changes were made`,
    'an application has another object id than its service principal; a new one is known within minutes: run it again',
    { line: 10, text: `    "objectId": "${objectId}",`, column: 17, length: 38 },
  );
  assert.deepEqual(await site.identity('apply'), ended(4, '', refusal));
  assert.deepEqual(
    site.writes(),
    Array.from({ length: 3 }, () => 'PUT roleAssignments 400'),
  );
});
