import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { decode } from '../render/decode.ts';
import type { Decoded } from '../render/decode.ts';
import { operatorRbac } from './services/rbac.ts';
import { startWorkstationSite } from './workstation-site.ts';
import type { WorkstationSite } from './workstation-site.ts';

// From an empty folder and a sign-in to a payload and back again, for each mode, with a real API server.
let dir: string;
let site: WorkstationSite;
let untouched: object;

before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'flexgen-workstation-'));
  site = await startWorkstationSite(dir);
  untouched = await site.everything();
  await site.cluster.writes();
});

after(async () => {
  await site.stop();
  await rm(dir, { recursive: true, force: true });
  assert.deepEqual(site.azure.violations, []);
});

const network = { mode: 'bridge', podCIDR: '10.250.1.0/24' };

function filesOf(payload: string): Decoded['files'] {
  const decoded = decode(payload);
  assert.ok(decoded, 'the rig needs python3-yaml');
  return decoded.files;
}

interface Mode {
  readonly auth: () => object;
  /** What is written in Azure by the first run. */
  readonly azure: readonly string[];
  /** How many objects the first run makes in the cluster. */
  readonly objects: number;
}

const modes: Readonly<Record<string, Mode>> = {
  'bootstrap-token': { auth: () => ({}), azure: [], objects: 6 },
  'service-principal': {
    auth: () => {
      const { clientId, tenantId } = site.azure.credentials;
      return { clientId, tenantId, secret: { file: 'secret' } };
    },
    azure: ['PUT roleAssignments 201'],
    objects: 3,
  },
  'managed-identity': {
    auth: () => ({ objectId: site.azure.credentials.managedIdentity.objectId }),
    azure: [],
    objects: 3,
  },
  'arc': { auth: () => ({}), azure: ['PUT machines 200', 'PUT roleAssignments 201'], objects: 5 },
};

const clusterUserRole = '4abbcc35-e782-43d8-92c5-2d3f1bd2253f';

async function folderFor(mode: string, name = mode): Promise<string> {
  const auth = { mode, ...modes[mode]?.auth() };
  const folder = await site.folder(name, { auth, node: { name: 'edge-01' }, network });
  await writeFile(join(folder, 'secret'), site.azure.credentials.secret);
  return folder;
}

async function succeeds(args: string, folder: string): Promise<string> {
  const { exitCode, stdout, stderr } = await site.flexgen(args, folder);
  assert.equal(exitCode, 0, stderr);
  return stdout;
}

for (const [mode, { azure, objects }] of Object.entries(modes)) {
  suite(`${mode}, from a resource id and a sign-in`, () => {
    let folder: string;
    let payload: string;

    test('a dry run says what would be made and makes nothing', async () => {
      folder = await folderFor(mode);
      await site.cluster.writes();
      const plan = await succeeds('cloud-init --dry-run', folder);
      const made = plan.split('\n').filter((line) => line.startsWith('+ '));
      const key = mode === 'arc' ? 1 : 0;
      assert.equal(made.length, azure.length + objects + key, plan);
      assert.deepEqual(await site.everything(), untouched);
      assert.deepEqual(await site.cluster.writes(), []);
    });

    test('the first run makes it and prints the payload', async () => {
      site.azureWrites();
      payload = await succeeds('cloud-init', folder);
      assert.ok(filesOf(payload).size > 5);
      assert.deepEqual(site.azureWrites(), azure);
      assert.equal((await site.cluster.writes()).length, objects);
    });

    test('the second run writes nothing and prints the same bytes', async () => {
      assert.equal(await succeeds('cloud-init', folder), payload);
      assert.deepEqual(site.azureWrites(), []);
      assert.deepEqual(await site.cluster.writes(), []);
      assert.match((await site.flexgen('identity verify', folder)).stderr, /are as this config wants them/);
    });

    test('the one role of the table is all that is assigned', () => {
      const { roleAssignments, resourceId } = site.azure;
      assert.equal(roleAssignments.length, azure.filter((write) => write.includes('roleAssignments')).length);
      for (const { scope, roleDefinitionId } of roleAssignments) {
        assert.equal(scope, resourceId);
        assert.equal(roleDefinitionId.split('/').at(-1), clusterUserRole);
      }
    });

    test('remove leaves everything as it was, in either order', async () => {
      await succeeds('cluster remove', folder);
      await succeeds('identity remove', folder);
      assert.deepEqual(await site.everything(), untouched);
      await succeeds('cloud-init', folder);
      await succeeds('identity remove', folder);
      await succeeds('cluster remove', folder);
      assert.deepEqual(await site.everything(), untouched);
    });
  });
}

test('verify names what was tampered with, and apply mends it', async () => {
  const folder = await folderFor('arc', 'tampered');
  await succeeds('cloud-init', folder);
  const { roleAssignments, machines } = site.azure;
  const principal = machines.all()[0]?.principalId ?? '';
  site.azure.unassignRole(roleAssignments[0]?.id ?? '');
  const name = `flexgen:nodeclient:arc:${principal}`;
  const patch = JSON.stringify([{ op: 'replace', path: '/subjects/0/name', value: 'eve' }]);
  await site.cluster.controlPlane.kubectl([
    'patch',
    'clusterrolebinding',
    name,
    '--type=json',
    `--patch=${patch}`,
  ]);
  const found = await site.flexgen('identity verify', folder);
  assert.equal(found.exitCode, 5, found.stderr);
  assert.equal(
    found.stdout,
    `+ role assignment Azure Kubernetes Service Cluster User Role  machine edge-01 on aks1
~ clusterrolebinding ${name}  system:certificates.k8s.io:certificatesigningrequests:nodeclient → user ${principal}
    - user eve
    + user ${principal}
`,
  );
  assert.match(
    found.stderr,
    /aks1: 2 things are not as wanted: `flexgen identity apply`, then `flexgen cluster apply`\n$/,
  );
  await succeeds('identity apply', folder);
  await succeeds('cluster apply', folder);
  await succeeds('identity verify', folder);
  await succeeds('identity remove', folder);
  await succeeds('cluster remove', folder);
  assert.deepEqual(await site.everything(), untouched);
});

test('a minted token that still lives is reused elsewhere, and one that is gone is made anew', async () => {
  const token = async (folder: string): Promise<string> => {
    const files = filesOf(await succeeds('cloud-init', folder));
    return files.get('/var/lib/kubelet/token')?.content ?? '';
  };
  const [here, there] = [
    await folderFor('bootstrap-token', 'here'),
    await folderFor('bootstrap-token', 'there'),
  ];
  const first = await token(here);
  assert.match(first, /^[a-z0-9]{6}\.[a-z0-9]{16}$/);
  assert.equal(await token(there), first);
  const secret = `secret/bootstrap-token-${first.slice(0, 6)}`;
  await site.cluster.controlPlane.kubectl(['delete', '-n', 'kube-system', secret]);
  assert.notEqual(await token(here), first);
  await succeeds('cluster remove', here);
  assert.deepEqual(await site.everything(), untouched);
});

test('where the payload can’t be written, nothing is made', async () => {
  const folder = await folderFor('arc', 'unwritable');
  const { exitCode, stderr } = await site.flexgen('cloud-init --out no/such/folder', folder);
  assert.equal(exitCode, 2);
  assert.match(stderr, /can't write no\/such\/folder: its folder does not exist/);
  assert.deepEqual(await site.everything(), untouched);
});

test('where the operator may not prepare the cluster, no machine is made', async () => {
  const folder = await folderFor('arc', 'forbidden');
  const { apply, kubectl } = site.cluster.controlPlane;
  await kubectl(['delete', 'clusterrolebinding', 'rig:operator']);
  try {
    const { exitCode, stdout, stderr } = await site.flexgen('cloud-init', folder);
    assert.equal(exitCode, 4);
    assert.equal(stdout, '');
    assert.match(stderr, /may not get clusterrolebindings \(403\)/);
    assert.deepEqual(site.azure.machines.all(), []);
  } finally {
    await apply(operatorRbac(site.azure.credentials.userObjectId));
  }
});

test('offline, a machine that is registered is rendered with the key that is kept', async () => {
  const folder = await folderFor('arc', 'offline');
  const payload = await succeeds('cloud-init', folder);
  await succeeds('facts --out facts.yaml', folder);
  const config = JSON.parse(await readFile(join(folder, 'flexgen.yaml'), 'utf8')) as object;
  await writeFile(
    join(folder, 'flexgen.yaml'),
    JSON.stringify({ ...config, cluster: { facts: 'facts.yaml' } }),
  );
  const asked = site.azure.requests.length;
  assert.equal(await succeeds('cloud-init --offline', folder), payload);
  assert.equal(site.azure.requests.length, asked);
  await succeeds('identity remove', folder);
  await succeeds('cluster remove', folder);
  assert.deepEqual(await site.everything(), untouched);
});
