import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Azure } from '../azure/server/azure.ts';
import { keyLine, machineLine, roleLine } from './identity-lines.ts';
import { identitySite } from './identity-site.ts';

const removed = roleLine('-') + machineLine('-') + keyLine('-');

suite('a node whose cluster can’t be asked', () => {
  const cases: Readonly<Record<string, readonly [(azure: Azure) => void, number, string]>> = {
    'is gone': [(azure) => azure.removeCluster(), 0, ''],
    'is stopped': [
      (azure) => azure.setCluster({ powerState: 'Stopped' }),
      4,
      '; what is in the cluster is left: start it, and run this again',
    ],
  };
  for (const [name, [arrange, code, rest]] of Object.entries(cases)) {
    test(`when it ${name}, its identity goes, and goes once`, async (t) => {
      const site = await identitySite(t);
      await site.identity('apply');
      arrange(site.azure);
      const dry = await site.run(['reset', '-c', 'edge.yaml', '--dry-run']);
      assert.deepEqual([dry.code, dry.stdout], [0, removed]);
      assert.equal(site.azure.machines.all().length, 1);
      const done = await site.run(['reset', '-c', 'edge.yaml']);
      assert.equal(done.code, code);
      assert.equal(done.stdout, 'sudo flexgen-node reset --yes\n');
      assert.ok(done.stderr.endsWith(`${removed}aks1: 3 changes made outside of it${rest}\n`), done.stderr);
      assert.deepEqual([site.azure.machines.all(), site.azure.roleAssignments], [[], []]);
      const again = await site.run(['reset', '-c', 'edge.yaml']);
      assert.equal(again.code, code);
      assert.ok(
        again.stderr.endsWith(`aks1: nothing is left of what was made outside of it${rest}\n`),
        again.stderr,
      );
    });
  }

  test('an identity that others may sign in as stays where nobody can say that they don’t', async (t) => {
    const site = await identitySite(t);
    const { clientId, tenantId, secret } = site.azure.credentials;
    await site.as({ mode: 'service-principal', clientId, tenantId, secret: { env: 'SECRET' } });
    await site.identity('apply', { SECRET: secret });
    site.azure.setCluster({ powerState: 'Stopped' });
    const { code, stderr } = await site.run(['reset', '-c', 'edge.yaml'], { SECRET: secret });
    assert.equal(code, 4);
    assert.match(
      stderr,
      /\n= identity service-principal \S+ {2}others may sign in as it: nodes of a cluster that can’t be asked\n/,
    );
    assert.equal(site.azure.roleAssignments.length, 1);
  });
});

test('where the API server can’t be reached, nothing is taken back', async (t) => {
  const site = await identitySite(t);
  await site.identity('apply');
  // Nothing listens there.
  site.azure.setCluster({ server: 'https://127.0.0.1:1' });
  const { code, stdout, stderr } = await site.run(['reset', '-c', 'edge.yaml']);
  assert.deepEqual([code, stdout], [4, '']);
  assert.match(
    stderr,
    /^error: can’t use the API server at https:\/\/127\.0\.0\.1:1: nothing listens there\n/,
  );
  assert.equal(site.azure.machines.all().length, 1);
});

test('which nodes are meant has to be clear', async (t) => {
  const site = await identitySite(t);
  const other = await site.run(['reset', 'edge-02', '-c', 'edge.yaml']);
  assert.deepEqual([other.code, other.stdout], [2, '']);
  assert.match(other.stderr, /^error: edge-02 is no node of edge\.yaml\n/);
  await site.as(
    { mode: 'bootstrap-token', token: { file: 'token' } },
    { node: { name: { from: 'hostname' } }, network: { mode: 'external' } },
  );
  const none = await site.run(['reset', '-c', 'edge.yaml']);
  assert.deepEqual([none.code, none.stdout], [2, '']);
  assert.match(none.stderr, /error: no node is named\n {2}say which: `flexgen reset NODE…`/);
  const grace = await site.run(['reset', '--grace-period', 'soon']);
  assert.deepEqual([grace.code, grace.stdout], [2, '']);
  assert.deepEqual(site.writes(), []);
});
