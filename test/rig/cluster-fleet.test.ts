import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { decode } from '../render/decode.ts';
import { startWorkstationSite } from './workstation-site.ts';
import type { WorkstationSite } from './workstation-site.ts';

// A fleet's identities, from a resource id and a sign-in, with a real API server.
let dir: string;
let site: WorkstationSite;

before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'flexgen-fleet-'));
  site = await startWorkstationSite(dir);
});

after(async () => {
  await site.stop();
  await rm(dir, { recursive: true, force: true });
  assert.deepEqual(site.azure.violations, []);
});

const size = 24;
const network = { mode: 'bridge', podCIDR: { block: '10.128.0.0/16', size: 24 } };
const node = { name: 'edge-{index:2}' };

const names = Array.from({ length: size }, (_, index) => `edge-${String(index + 1).padStart(2, '0')}`);

/** A secret file of each payload, by the node's name. */
async function secretsIn(folder: string, path: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const name of names) {
    const decoded = decode(await readFile(join(folder, `out/${name}.yaml`), 'utf8'));
    assert.ok(decoded, 'the rig needs python3-yaml');
    found.set(name, decoded.files.get(path)?.content ?? '');
  }
  return found;
}

async function succeeds(args: string, folder: string): Promise<string> {
  const { exitCode, stdout, stderr } = await site.flexgen(args, folder);
  assert.equal(exitCode, 0, stderr);
  assert.equal(stdout, '');
  return stderr;
}

suite('a token for each node', () => {
  test('made side by side; a run that was interrupted goes on with what there is', async () => {
    const folder = await site.folder('tokens', {
      auth: { mode: 'bootstrap-token' },
      node,
      network,
      nodes: size,
    });
    assert.equal(
      await succeeds('render --out out --shard 1/2', folder),
      `made ${size / 2} things that nodes join with\n${size / 2} payloads in out\n`,
    );
    assert.equal(
      await succeeds('render --out out', folder),
      `made ${size / 2} things that nodes join with\n${size} payloads in out, ${size / 2} of them there already\n`,
    );
    const tokens = await secretsIn(folder, '/var/lib/kubelet/token');
    assert.equal(new Set(tokens.values()).size, size);
    for (const token of tokens.values()) assert.match(token, /^[a-z0-9]{6}\.[a-z0-9]{16}$/);
    assert.equal(
      await succeeds('render --out out', folder),
      `${size} payloads in out, ${size} of them there already\n`,
    );
    assert.deepEqual(await secretsIn(folder, '/var/lib/kubelet/token'), tokens);
    assert.ok(!(await readdir(join(folder, 'out'))).some((name) => name.startsWith('.')));
  });

  test('where nothing may be made, there is no payload', async () => {
    const folder = await site.folder('unmade', {
      auth: { mode: 'bootstrap-token' },
      node,
      network,
      nodes: size,
    });
    const { exitCode, stderr } = await site.flexgen('render --out out --no-setup', folder);
    assert.equal(exitCode, 3);
    assert.match(stderr, /^error: the token of this payload can’t be made without asking anybody\n/);
    assert.ok(!(await readdir(folder)).includes('out'));
  });
});

suite('a machine of Azure Arc for each node', () => {
  test('each with a key of its own; the next run uses them, and makes nothing', async () => {
    const folder = await site.folder('arc', { auth: { mode: 'arc' }, node, network, nodes: size });
    site.azureWrites();
    assert.match(await succeeds('render --out out', folder), /\n24 payloads in out\n$/);
    const writes = site.azureWrites();
    const count = (what: string): number => writes.filter((write) => write === what).length;
    assert.deepEqual([count('PUT machines 200'), count('PUT roleAssignments 201')], [size, size]);
    const keys = await secretsIn(folder, '/var/lib/flexgen/azcmagent.json');
    assert.equal(new Set(keys.values()).size, size);
    assert.equal(
      await succeeds('render --out out', folder),
      `${size} payloads in out, ${size} of them there already\n`,
    );
    assert.deepEqual(site.azureWrites(), []);
  });

  test('a secret that is not there is said once', async () => {
    const auth = { mode: 'service-principal', clientId: site.azure.credentials.clientId };
    const parts = { auth: { ...auth, tenantId: site.azure.credentials.tenantId, secret: { env: 'NONE' } } };
    const folder = await site.folder('refused', { ...parts, node, network, nodes: size });
    const { exitCode, stderr } = await site.flexgen('render --out out', folder);
    assert.equal(exitCode, 3);
    assert.match(stderr, /^error: the environment variable NONE is not set\n/);
  });
});
