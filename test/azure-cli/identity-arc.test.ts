import assert from 'node:assert/strict';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { machineId } from '../azure/machine.ts';
import { identitySite } from './identity-site.ts';
import {
  allLines,
  clusterId,
  diagnostic,
  ended,
  keyFile,
  keyLine,
  machineLine,
  roleId,
  roleLine,
  roleName,
} from './identity-lines.ts';

const planned = 'arc: 3 changes to make: `flexgen identity apply`\n';
const unchanged = 'arc: all is as it should be\n';

suite('a machine of Arc that is registered before it boots', () => {
  test('is planned, made once, kept, and taken back', async (t) => {
    const site = await identitySite(t);
    const { azure, dir } = site;
    assert.deepEqual(await site.identity('plan'), ended(0, allLines('+'), planned));
    assert.deepEqual(await site.identity('plan --check'), ended(5, allLines('+'), planned));
    assert.deepEqual([site.writes(), await readdir(dir)], [[], ['edge.yaml', 'token']]);

    assert.deepEqual(await site.identity('apply'), ended(0, allLines('+'), 'arc: 3 changes made\n'));
    assert.deepEqual(site.writes(), ['PUT machines 200', 'PUT roleAssignments 201']);
    const machine = azure.machines.find(machineId(azure));
    assert.deepEqual(
      azure.roleAssignments.map((one) => [
        one.scope,
        one.principalId,
        one.roleDefinitionId.split('/').at(-1),
      ]),
      [[clusterId, machine?.principalId, roleId]],
    );
    const key = await readFile(join(dir, keyFile), 'utf8');

    assert.deepEqual(await site.identity('plan'), ended(0, allLines('='), unchanged));
    assert.deepEqual(await site.identity('plan --check'), ended(0, allLines('='), unchanged));
    assert.deepEqual(await site.identity('apply'), ended(0, allLines('='), unchanged));
    assert.equal(await readFile(join(dir, keyFile), 'utf8'), key);
    assert.deepEqual(site.writes(), []);

    const gone = roleLine('-') + machineLine('-') + keyLine('-');
    assert.deepEqual(await site.identity('remove'), ended(0, gone, 'arc: 3 changes made\n'));
    assert.deepEqual(site.writes(), ['DELETE roleAssignments 200', 'DELETE machines 200']);
    assert.deepEqual([azure.machines.all(), azure.roleAssignments], [[], []]);
    assert.deepEqual(await readdir(dir), ['edge.yaml', 'token']);
    assert.deepEqual(await site.identity('remove'), ended(0, '', 'arc: nothing of this identity is left\n'));
    assert.deepEqual(site.writes(), []);
  });

  test('has a key that nobody else may read and git never sees', async (t) => {
    const site = await identitySite(t);
    await site.identity('apply');
    const modeOf = async (path: string) => ((await stat(join(site.dir, path))).mode & 0o777).toString(8);
    const parts = keyFile.split('/').map((_, index, all) => all.slice(0, index + 1).join('/'));
    assert.deepEqual(await Promise.all(parts.map(modeOf)), ['700', '700', '700', '700', '600']);
    assert.equal(await readFile(join(site.dir, '.flexgen/.gitignore'), 'utf8'), '*\n');
    const { vmId, privateKey } = JSON.parse(await readFile(join(site.dir, keyFile), 'utf8')) as Record<
      string,
      string
    >;
    assert.match(privateKey ?? '', /^MII[A-Za-z0-9+/]+=*$/);
    assert.equal(site.azure.machines.find(machineId(site.azure))?.vmId, vmId);
  });

  test('is shown as JSON, too', async (t) => {
    const site = await identitySite(t);
    const changes = (action: string) => [
      { action, kind: 'key', name: keyFile, detail: 'RSA of 2048 bits, mode 0600' },
      { action, kind: 'machine', name: 'edge-01', detail: 'resource group rg-edge, westeurope' },
      { action, kind: 'role assignment', name: roleName, detail: 'machine edge-01 on aks1' },
    ];
    const json = async (args: string) => {
      const { code, stdout, stderr } = await site.identity(args);
      return { code, stderr, ...(JSON.parse(stdout) as object) };
    };
    const quiet = { stderr: '', mode: 'arc' };
    assert.deepEqual(await json('plan --json --check'), {
      ...quiet,
      code: 5,
      objectId: null,
      changes: changes('create'),
    });
    const applied = await json('apply --json');
    const objectId = site.azure.machines.find(machineId(site.azure))?.principalId;
    assert.deepEqual(applied, { ...quiet, code: 0, objectId, changes: changes('create') });
    assert.deepEqual(await json('apply --json'), { ...quiet, code: 0, objectId, changes: changes('keep') });
    const removed = await json('remove --json');
    const [key, machine, role] = changes('delete');
    assert.deepEqual(removed, { ...quiet, code: 0, objectId, changes: [role, machine, key] });
    assert.deepEqual(await json('remove --json'), { ...quiet, code: 0, objectId: null, changes: [] });
  });

  test('has other tags as long as it has not connected; then they are its owner’s', async (t) => {
    const site = await identitySite(t, { mode: 'arc', tags: { site: 'berlin', floor: '2' } });
    const { machines } = site.azure;
    const id = machineId(site.azure);
    await site.identity('apply');
    assert.deepEqual(machines.find(id)?.tags, { site: 'berlin', floor: '2' });
    site.writes();

    await site.as({ mode: 'arc', tags: { site: 'hamburg' } });
    const change = machineLine('~', ', site=hamburg (was floor=2, site=berlin)');
    assert.deepEqual(
      await site.identity('plan'),
      ended(0, keyLine('=') + change + roleLine('='), 'arc: 1 change to make: `flexgen identity apply`\n'),
    );
    assert.deepEqual(
      await site.identity('apply'),
      ended(0, keyLine('=') + roleLine('=') + change, 'arc: 1 change made\n'),
    );
    assert.deepEqual(site.writes(), ['PUT machines 200']);
    assert.deepEqual(machines.find(id)?.tags, { site: 'hamburg' });

    machines.change(id, { status: 'Connected', tags: { site: 'hamburg', owner: 'ops' } });
    const kept = keyLine('=') + machineLine('=', ', site=hamburg') + roleLine('=');
    assert.deepEqual(await site.identity('apply'), ended(0, kept, unchanged));
    await site.as({ mode: 'arc', tags: { site: 'rome' } });
    const { code, stderr } = await site.identity('apply');
    assert.deepEqual(
      [code, stderr],
      [
        0,
        diagnostic(
          'machine edge-01 has connected, so its tags stay as they are',
          `\`az tag update --operation Merge --resource-id ${id} --tags "site=rome"\` changes them`,
          { line: 8, text: '    "tags": {', column: 13, length: 1 },
          'warning',
        ) + unchanged,
      ],
    );
    assert.deepEqual(site.writes(), []);
  });

  test('is the same in whatever case the cluster’s id is written', async (t) => {
    const site = await identitySite(t);
    const odd = clusterId.replace('rg-edge', 'RG-Edge').replace('aks1', 'AKS1');
    await site.as({ mode: 'arc' }, { cluster: { resourceId: odd } });
    assert.equal((await site.identity('apply')).code, 0);
    await site.as({ mode: 'arc' });
    assert.deepEqual(await site.identity('apply'), ended(0, allLines('='), unchanged));
    assert.deepEqual(
      site.azure.roleAssignments.map(({ scope }) => scope),
      [clusterId],
    );
    assert.equal((await site.identity('remove')).stderr, 'arc: 3 changes made\n');
    assert.deepEqual(site.azure.machines.all(), []);
  });
});
