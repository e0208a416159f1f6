import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { machineId, machineKeys, vmId } from '../azure/machine.ts';
import {
  allLines,
  diagnostic,
  ended,
  groupId,
  keyFile,
  keyLine,
  machineLine,
  operatorId,
  roleLine,
} from './identity-lines.ts';
import { identitySite } from './identity-site.ts';
import type { IdentitySite } from './identity-site.ts';

const unchanged = 'arc: all is as it should be\n';

/** Somebody else's machine edge-01, which has connected. */
function occupy({ azure }: IdentitySite) {
  const clientPublicKey = machineKeys().publicKey;
  const machine = azure.machines.put(machineId(azure), {
    location: 'westeurope',
    tags: { owner: 'eve' },
    vmId,
    clientPublicKey,
  });
  azure.machines.change(machine.id, { status: 'Connected' });
  return machine;
}

async function occupied(t: TestContext): Promise<IdentitySite> {
  const site = await identitySite(t);
  occupy(site);
  return site;
}

const there = 'machine edge-01 is in resource group rg-edge already (Connected)';
const copy = `copy ${keyFile} from where it was made`;
const taken = diagnostic(
  `${there}, and its key is not here`,
  `${copy}, or name this one otherwise in \`auth.machineName\`; \`--replace\` deletes that machine and makes it anew`,
);

suite('a machine of that name that was not made from here', () => {
  test('is left alone', async (t) => {
    const site = await occupied(t);
    const before = site.azure.machines.all();
    assert.deepEqual(await site.identity('plan'), ended(4, '', taken));
    assert.deepEqual(await site.identity('apply'), ended(4, '', taken));
    const hint = `${copy}; if that machine is to go whoever made it, \`az connectedmachine delete --subscription ${groupId.split('/')[2]} --resource-group rg-edge --name edge-01\``;
    assert.deepEqual(
      await site.identity('remove'),
      ended(4, '', diagnostic(`${there}, and its key is not here`, hint)),
    );
    assert.deepEqual([site.writes(), site.azure.machines.all()], [[], before]);
  });

  test('is deleted with `--replace`, and made anew', async (t) => {
    const site = await occupied(t);
    const made = (await site.identity('apply --replace')).stdout;
    const gone = machineLine('-', ', owner=eve');
    assert.equal(made, keyLine('+') + gone + machineLine('+') + roleLine('+'));
    // Another workstation knows nothing of that key.
    await rm(join(site.dir, '.flexgen'), { recursive: true });
    const { stderr } = await site.identity('apply');
    assert.match(stderr, /^error: machine edge-01 .* already \(Disconnected\), and its key is not here\n/);
    site.writes();

    const lines = keyLine('+') + roleLine('-') + machineLine('-') + machineLine('+') + roleLine('+');
    assert.deepEqual(
      await site.identity('plan --replace'),
      ended(0, lines, 'arc: 5 changes to make: `flexgen identity apply`\n'),
    );
    assert.deepEqual(site.writes(), []);
    assert.deepEqual(await site.identity('apply --replace'), ended(0, lines, 'arc: 5 changes made\n'));
    assert.deepEqual(site.writes(), [
      'DELETE roleAssignments 200',
      'DELETE machines 200',
      'PUT machines 200',
      'PUT roleAssignments 201',
    ]);
    assert.equal(site.azure.machines.all().length, 1);
    assert.equal(site.azure.roleAssignments.length, 1);
    assert.deepEqual(await site.identity('apply --replace'), ended(0, allLines('='), unchanged));
    assert.deepEqual(site.writes(), []);
  });

  test('is not deleted by who may not, and nothing else is done', async (t) => {
    const site = await occupied(t);
    site.azure.forbid('Microsoft.HybridCompute/machines/delete');
    const role = 'Azure Connected Machine Resource Administrator';
    assert.deepEqual(
      await site.identity('apply --replace'),
      ended(
        4,
        '',
        diagnostic(
          `${operatorId} may not do Microsoft.HybridCompute/machines/delete on machine edge-01; nothing was changed`,
          `the role ${role} grants it: \`az role assignment create --assignee ${operatorId} --role "${role}" --scope ${groupId}\``,
        ),
      ),
    );
    assert.deepEqual(site.writes(), []);
  });

  test('stays where ours has gone, whose key is taken back', async (t) => {
    const site = await identitySite(t);
    await site.identity('apply');
    site.azure.machines.remove(machineId(site.azure));
    occupy(site);
    assert.deepEqual(await site.identity('apply'), ended(4, '', taken));
    site.writes();
    const warning = diagnostic(
      `${there}, and is another one than was made from here: it stays`,
      '',
      undefined,
      'warning',
    );
    assert.deepEqual(await site.identity('remove'), ended(0, keyLine('-'), `${warning}arc: 1 change made\n`));
    assert.deepEqual([site.writes(), site.azure.machines.all().length], [[], 1]);
  });
});
