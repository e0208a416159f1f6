import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { administratorOf, callerWith } from './privilege/caller.ts';
import type { Proof } from './privilege/caller.ts';
import { asks, joins, requestFor, requestObject } from './privilege/certificate.ts';
import { folderOf, modes, principalToken } from './privilege/modes.ts';
import type { Mode } from './privilege/modes.ts';
import { policyHolds } from './privilege/policy.ts';
import { makeObjects } from './privilege/objects.ts';
import { own, questions } from './privilege/questions.ts';
import { listedFor, report, survey } from './privilege/survey.ts';
import type { Rights, Survey } from './privilege/survey.ts';
import { startWorkstationSite } from './workstation-site.ts';
import type { WorkstationSite } from './workstation-site.ts';

// Each mode's identity asks a real API server for what a thief would want, and what it gets stands in generated/.
const golden = resolve(import.meta.dirname, '../../generated/privileges.md');

let dir: string;
let site: WorkstationSite;
let asked: Survey;
const rights: Rights[] = [];

before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'flexgen-privilege-'));
  site = await startWorkstationSite(dir);
  const { controlPlane } = site.cluster;
  const objects = await makeObjects(controlPlane, await administratorOf(site.cluster));
  // Entra knows it, and nobody has granted it anything.
  const anybody = await callerWith(site.cluster, 'anybody', { token: await principalToken(site) });
  asked = { questions: questions(objects), anybody: await listedFor(anybody, '') };
});

after(async () => {
  await site.stop();
  await rm(dir, { recursive: true, force: true });
});

async function succeeds(args: string, folder: string): Promise<string> {
  const { exitCode, stdout, stderr } = await site.flexgen(args, folder);
  assert.equal(exitCode, 0, stderr);
  return stdout;
}

/** Makes all that the mode needs, and takes it back after `work` with what the payload’s holder has. */
async function withMode(mode: Mode, work: (proof: Proof) => Promise<void>): Promise<void> {
  const folder = await folderOf(site, mode);
  const payload = await succeeds('cloud-init --image golden', folder);
  await work({ token: await mode.token(site, payload) });
  await succeeds('cluster remove', folder);
  await succeeds('identity remove', folder);
}

for (const mode of modes) {
  test(`${mode.title}: what its payload may do`, async () => {
    await withMode(mode, async (proof) => {
      const caller = await callerWith(site.cluster, mode.title.replaceAll(/\W+/g, '-'), proof);
      if (mode.isOfOneNode) await policyHolds(caller);
      rights.push(await survey(mode.title, caller, asked));
    });
  });
}

test('a node: what its certificate may do', async () => {
  const [mode] = modes;
  assert.ok(mode);
  await withMode(mode, async (proof) => {
    const { controlPlane } = site.cluster;
    const caller = await callerWith(site.cluster, 'joining', proof);
    const node = await callerWith(site.cluster, 'node', await joins(controlPlane, caller, own));
    rights.push(await survey('node', node, asked));
  });
});

test('a machine of Arc gets the certificate of its own node and of no other, whoever asks beside it', async () => {
  const mode = modes.find(({ title }) => title === 'Arc');
  assert.ok(mode);
  await withMode(mode, async (proof) => {
    const { controlPlane } = site.cluster;
    const machine = await callerWith(site.cluster, 'machine', proof);
    await policyHolds(machine);
    const request = await requestFor('edge-2');
    const { status, message } = await asks(machine, 'of-another', request);
    assert.equal(status, 403);
    const words = `flexgen-identity-of-one-node.*this identity is for system:node:${own} alone`;
    assert.match(message, new RegExp(words));
    await joins(controlPlane, machine, own, 'of-its-own');
    // Somebody else outside of the cluster, whom no binding of that kind names.
    await site.cluster.kubectl('create -f -', requestObject('of-somebody-else', request));
  });
});

test('kube-proxy: what its service account may do', async () => {
  const [mode] = modes;
  assert.ok(mode);
  const folder = await folderOf(site, mode, 'proxied', { components: { kubeProxy: 'on' } });
  await succeeds('cluster apply', folder);
  const account = ['create', 'token', 'flexgen-kube-proxy', '-n', 'kube-system'];
  const token = (await site.cluster.controlPlane.kubectl(account)).trim();
  rights.push(await survey('kube-proxy', await callerWith(site.cluster, 'kube-proxy', { token }), asked));
  await succeeds('cluster remove', folder);
});

test('it is what stands in generated/privileges.md', async () => {
  const now = report(rights, asked);
  if (process.env['FLEXGEN_WRITE'] === '1') await writeFile(golden, now);
  assert.equal(await readFile(golden, 'utf8'), now, 'see it, then write it with FLEXGEN_WRITE=1');
});
