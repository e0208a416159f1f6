import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { machineId } from '../azure/machine.ts';
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
} from './identity-lines.ts';
import { identitySite } from './identity-site.ts';

const unchanged = 'arc: all is as it should be\n';

suite('a machine that was made from here', () => {
  test('is never overwritten once it has connected', async (t) => {
    const site = await identitySite(t);
    await site.identity('apply');
    site.azure.machines.change(machineId(site.azure), { status: 'Connected' });
    const before = site.azure.machines.all();
    site.writes();
    assert.deepEqual(await site.identity('apply --replace'), ended(0, allLines('='), unchanged));
    assert.deepEqual([site.writes(), site.azure.machines.all()], [[], before]);
  });

  test('is made anew where somebody deleted it, and has another identity, which gets the role', async (t) => {
    const site = await identitySite(t);
    const { azure } = site;
    await site.identity('apply');
    const old = azure.machines.all()[0]?.principalId;
    azure.machines.remove(machineId(azure));
    site.writes();
    const lines = keyLine('=') + roleLine('-') + machineLine('+') + roleLine('+');
    assert.equal((await site.identity('plan')).stdout, lines);
    assert.deepEqual(await site.identity('apply'), ended(0, lines, 'arc: 3 changes made\n'));
    assert.deepEqual(site.writes(), [
      'DELETE roleAssignments 200',
      'PUT machines 200',
      'PUT roleAssignments 201',
    ]);
    const fresh = azure.machines.all()[0]?.principalId;
    assert.notEqual(fresh, old);
    assert.deepEqual(
      azure.roleAssignments.map(({ principalId }) => principalId),
      [fresh],
    );
  });

  test('has its role also where that was assigned under another name, which stays', async (t) => {
    const site = await identitySite(t);
    const { azure } = site;
    await site.identity('apply');
    const [own] = azure.roleAssignments;
    azure.unassignRole(own?.id ?? '');
    const other = azure.assignRole({ scope: clusterId, principalId: own?.principalId ?? '', roleId });
    site.writes();
    assert.deepEqual(await site.identity('apply'), ended(0, allLines('='), unchanged));
    assert.deepEqual(
      await site.identity('remove'),
      ended(0, machineLine('-') + keyLine('-'), 'arc: 2 changes made\n'),
    );
    assert.deepEqual(site.writes(), ['DELETE machines 200']);
    assert.deepEqual(azure.roleAssignments, [other]);
  });

  test('is not moved to another location', async (t) => {
    const site = await identitySite(t);
    await site.identity('apply');
    site.writes();
    await site.as({ mode: 'arc', location: 'northeurope' });
    const refusal = diagnostic(
      'machine edge-01 is in westeurope, and Azure moves none to another location (northeurope)',
      'write `location: westeurope` in `auth`; or `flexgen identity remove` and apply again, which makes it anew',
      { line: 8, text: '    "location": "northeurope"', column: 17, length: 13 },
    );
    assert.deepEqual(await site.identity('plan'), ended(4, '', refusal));
    assert.deepEqual(await site.identity('apply'), ended(4, '', refusal));
    assert.deepEqual(site.writes(), []);
    assert.equal((await site.identity('remove')).stdout, roleLine('-') + machineLine('-') + keyLine('-'));
  });

  test('has the object id that Azure gives it, not one of the config', async (t) => {
    const site = await identitySite(t);
    const objectId = '11111111-2222-3333-4444-555555555555';
    const place = { line: 8, text: `    "objectId": "${objectId}"`, column: 17, length: 38 };
    await site.as({ mode: 'arc', objectId });
    const yet = 'machine edge-01 is yet to be made, and Azure gives it an object id of its own';
    assert.deepEqual(
      await site.identity('apply'),
      ended(3, '', diagnostic(yet, 'leave it out: flexgen asks Azure', place)),
    );
    assert.deepEqual(site.writes(), []);
    await site.as({ mode: 'arc' });
    await site.identity('apply');
    const real = site.azure.machines.all()[0]?.principalId ?? '';
    await site.as({ mode: 'arc', objectId: real });
    assert.deepEqual(await site.identity('apply'), ended(0, allLines('='), unchanged));
    await site.as({ mode: 'arc', objectId });
    const other = `machine edge-01 has the object id ${real}, not ${objectId}`;
    assert.deepEqual(
      await site.identity('apply'),
      ended(3, '', diagnostic(other, 'correct it or leave it out: flexgen asks Azure', place)),
    );
  });

  test('can be made anew where its key is damaged', async (t) => {
    const site = await identitySite(t);
    await site.identity('apply');
    await writeFile(join(site.dir, keyFile), '{"vmId":"MIIEowIBAAKCAQEA');
    site.writes();
    const damaged = `error: ${keyFile} holds no machine’s key
  restore it; or delete it and use \`--replace\`, which makes the machine in Azure anew
`;
    for (const args of ['plan', 'apply --replace', 'remove'])
      assert.deepEqual(await site.identity(args), ended(3, '', damaged), args);
    assert.deepEqual(site.writes(), []);
    await rm(join(site.dir, keyFile));
    assert.equal((await site.identity('apply --replace')).stderr, 'arc: 5 changes made\n');
    assert.deepEqual(await site.identity('apply'), ended(0, allLines('='), unchanged));
  });
});
