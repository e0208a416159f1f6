import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { Azure } from '../azure/server/azure.ts';
import {
  atResourceId,
  diagnostic,
  ended,
  keyLine,
  machineLine,
  roleLine,
  subscription,
} from './identity-lines.ts';
import { identitySite } from './identity-site.ts';

const removed = roleLine('-') + machineLine('-') + keyLine('-');
const done = 'arc: 3 changes made\n';
const list = `\`az aks list --subscription ${subscription} --output table\` shows the clusters that there are`;

const clusters: Readonly<Record<string, readonly [(azure: Azure) => void, string, string]>> = {
  'is stopped': [
    (azure) => azure.setCluster({ powerState: 'Stopped' }),
    'cluster aks1 is stopped',
    'start it: `az aks start --resource-group rg-edge --name aks1`',
  ],
  'is being deleted': [
    (azure) => azure.setCluster({ provisioningState: 'Deleting' }),
    'cluster aks1 is being deleted',
    'name another cluster: nothing can join this one any more',
  ],
  'is gone': [(azure) => azure.removeCluster(), 'there is no cluster aks1 in resource group rg-edge', list],
};

suite('an identity can be taken back', () => {
  for (const [name, [arrange, message, hint]] of Object.entries(clusters)) {
    test(`when its cluster ${name}`, async (t) => {
      const site = await identitySite(t);
      await site.identity('apply');
      arrange(site.azure);
      const warning = diagnostic(message, hint, atResourceId, 'warning');
      assert.deepEqual(await site.identity('remove'), ended(0, removed, `${warning}${done}`));
      assert.deepEqual([site.azure.machines.all(), site.azure.roleAssignments], [[], []]);
    });
  }

  test('when its node can’t be rendered any more', async (t) => {
    const site = await identitySite(t);
    await site.identity('apply');
    // Without a network of its own the cluster's would be overlay, whose addresses these are not.
    site.azure.setCluster({ kubernetesVersion: '1.20.0', currentKubernetesVersion: '1.20.0' });
    assert.equal((await site.identity('apply')).code, 3);
    assert.deepEqual(await site.identity('remove'), ended(0, removed, done));
  });

  test('with the cluster’s facts in a file', async (t) => {
    const site = await identitySite(t);
    await site.run(['facts', '-c', 'edge.yaml', '--out', 'aks1.facts.yaml']);
    const cluster = { facts: 'aks1.facts.yaml' };
    await site.as({ mode: 'arc' }, { cluster });
    assert.deepEqual((await site.identity('apply')).stderr, done);
    assert.deepEqual(await site.identity('remove'), ended(0, removed, done));
  });

  test('but not by who sees nothing of it', async (t) => {
    const site = await identitySite(t);
    await site.identity('apply');
    site.azure.commandLines.signIn(false);
    const { code, stdout } = await site.identity('remove');
    assert.deepEqual([code, stdout], [4, '']);
    site.azure.commandLines.signIn(true);
    assert.deepEqual(await site.identity('remove'), ended(0, removed, done));
  });

  test('also the role and the key alone, of a machine that is gone', async (t) => {
    const site = await identitySite(t);
    const { azure } = site;
    await site.identity('apply');
    await site.as({ mode: 'arc', machineName: 'edge-02' });
    await site.identity('apply');
    await site.as({ mode: 'arc' });
    const [gone, other] = azure.machines.all();
    azure.machines.remove(gone?.id ?? '');
    assert.deepEqual(
      await site.identity('remove'),
      ended(0, roleLine('-') + keyLine('-'), 'arc: 2 changes made\n'),
    );
    // Of another machine nothing is taken.
    assert.deepEqual(
      azure.roleAssignments.map(({ principalId }) => principalId),
      [other?.principalId],
    );
  });
});

test('a key that can’t be kept: nothing is made in Azure', async (t) => {
  const site = await identitySite(t);
  await writeFile(join(site.dir, '.flexgen'), '');
  const { code, stdout, stderr } = await site.identity('apply');
  assert.deepEqual([code, stdout], [3, '']);
  assert.match(
    stderr,
    /^error: can’t (read|keep) the machine’s key in \.flexgen\/.*: a part of its path is not a folder/,
  );
  assert.deepEqual([site.writes(), site.azure.machines.all()], [[], []]);
});
