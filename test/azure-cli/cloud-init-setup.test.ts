import assert from 'node:assert/strict';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { mintedWith } from '../../src/cli/identity/machine-key.ts';
import { machineId, machineKeys, vmId } from '../azure/machine.ts';
import { decode } from '../render/decode.ts';
import { diagnostic, ended, keyFile } from './identity-lines.ts';
import { assertNoSecret, identitySite } from './identity-site.ts';
import type { IdentitySite } from './identity-site.ts';

const arc = { mode: 'arc' };

interface Site extends IdentitySite {
  /** `flexgen cloud-init ARGS`; what it says may hold no secret. */
  render(args?: string): ReturnType<IdentitySite['run']>;
}

async function renderSite(t: TestContext, auth: Readonly<Record<string, unknown>> = arc): Promise<Site> {
  const site = await identitySite(t, auth);
  return {
    ...site,
    async render(args = '') {
      const words = args.split(' ').filter((word) => word !== '');
      const rendered = await site.run(['cloud-init', '-c', 'edge.yaml', ...words]);
      assertNoSecret({ ...rendered, stdout: '' }, []);
      return rendered;
    },
  };
}

const noKey = diagnostic(
  `there is no ${keyFile}`,
  '`flexgen identity apply` registers the machine and keeps its key there',
);
const noToken = (remedy: string) =>
  diagnostic(
    'the token of this payload can’t be made without asking anybody',
    `leave \`--offline\` and \`--no-setup\` out, or ${remedy}`,
  );

const unmade: Readonly<Record<string, readonly [Readonly<Record<string, unknown>>, string]>> = {
  'the key of a machine of Arc': [arc, noKey],
  'the token by which a machine of Arc registers itself': [
    { ...arc, onboarding: 'access-token' },
    noToken('use `onboarding: preregistered`'),
  ],
  'a bootstrap token': [{ mode: 'bootstrap-token' }, noToken('say in `auth.token` where a token is')],
};

suite('what may not be made', () => {
  for (const [name, [auth, refusal]] of Object.entries(unmade)) {
    test(`${name}: there is no payload, and nobody is asked for it`, async (t) => {
      const site = await renderSite(t, auth);
      await site.run(['facts', '-c', 'edge.yaml', '--out', 'aks1.facts.yaml']);
      assert.deepEqual(await site.render('--no-setup'), ended(3, '', refusal));
      await site.as(auth, { cluster: { facts: 'aks1.facts.yaml' } });
      const asked = site.azure.requests.length;
      assert.deepEqual(await site.render('--offline'), ended(3, '', refusal));
      assert.deepEqual(await site.render('--no-setup'), ended(3, '', refusal));
      assert.deepEqual([site.azure.requests.length, site.writes()], [asked, []]);
    });
  }

  test('a machine’s key that is kept is used without asking', async (t) => {
    const site = await renderSite(t);
    await site.identity('apply');
    const { vmId: id, privateKey } = JSON.parse(await readFile(join(site.dir, keyFile), 'utf8')) as {
      vmId: string;
      privateKey: string;
    };
    await site.run(['facts', '-c', 'edge.yaml', '--out', 'aks1.facts.yaml']);
    await site.as(arc, { cluster: { facts: 'aks1.facts.yaml' } });
    const asked = site.azure.requests.length;
    const { code, stdout, stderr } = await site.render('--offline');
    assert.deepEqual([code, stderr, site.azure.requests.length], [0, '', asked]);
    const settings = decode(stdout)?.files.get('/var/lib/flexgen/azcmagent.json');
    assert.equal(settings?.mode, '0600');
    const { 'private-key': key, vmid } = JSON.parse(settings.content) as Record<string, string>;
    const primes = mintedWith({ vmId: id, privateKey }).get('auth.machineKey');
    assert.deepEqual([key, vmid], [primes, id]);
  });

  test('a cluster’s facts can’t be read offline', async (t) => {
    const site = await renderSite(t);
    const { code, stderr } = await site.render('--offline');
    assert.equal(code, 3);
    assert.match(stderr, /^error: with `--offline` a cluster can’t be read from Azure\n/);
    assert.deepEqual(site.azure.requests, []);
  });
});

/** Nothing was made in Azure, and no key here. */
async function assertUntouched(site: Site): Promise<void> {
  assert.deepEqual([site.writes(), site.azure.machines.all().length], [[], 0]);
  assert.ok(!(await readdir(site.dir)).includes('.flexgen'));
}

suite('where there can be no payload, nothing is made for it', () => {
  test('a file that can’t be written', async (t) => {
    const site = await renderSite(t);
    const refusal = (out: string, why: string) =>
      ended(2, '', `error: can't write ${out}: ${why}\n  name a file in a folder that you may write to\n`);
    assert.deepEqual(
      await site.render('--out no/such/edge.yaml'),
      refusal('no/such/edge.yaml', 'its folder does not exist'),
    );
    await mkdir(join(site.dir, 'folder'));
    assert.deepEqual(await site.render('--out folder'), refusal('folder', 'it is not a file'));
    await assertUntouched(site);
  });

  test('user-data that can’t be merged', async (t) => {
    const site = await renderSite(t);
    await writeFile(join(site.dir, 'more.yaml'), '#cloud-config\nruncmd: {}\n');
    await site.as(arc, { userData: { merge: { file: 'more.yaml' } } });
    const { code, stdout } = await site.render();
    assert.deepEqual([code, stdout], [3, '']);
    await assertUntouched(site);
  });

  test('a cluster that can’t be reached', async (t) => {
    const site = await renderSite(t);
    site.azure.setCluster({ server: 'https://127.0.0.1:1' });
    const { code, stdout, stderr } = await site.render();
    assert.deepEqual([code, stdout], [4, '']);
    assert.match(
      stderr,
      /^error: can’t use the API server at https:\/\/127\.0\.0\.1:1: nothing listens there\n/,
    );
    await assertUntouched(site);
  });

  test('a right that is lacking', async (t) => {
    const site = await renderSite(t);
    site.azure.forbid('Microsoft.Authorization/roleAssignments/write');
    site.azure.setCluster({ server: 'https://127.0.0.1:1' });
    const { code, stdout, stderr } = await site.render();
    assert.deepEqual([code, stdout], [4, '']);
    assert.match(
      stderr,
      /^error: \S+ may not do Microsoft\.Authorization\/roleAssignments\/write on the cluster;/,
    );
    await assertUntouched(site);
  });

  test('a machine of that name that is another one', async (t) => {
    const site = await renderSite(t);
    const clientPublicKey = machineKeys().publicKey;
    const parts = { location: 'westeurope', tags: {}, vmId, clientPublicKey };
    const machine = site.azure.machines.put(machineId(site.azure), parts);
    site.azure.setCluster({ server: 'https://127.0.0.1:1' });
    const { code, stdout, stderr } = await site.render();
    assert.deepEqual([code, stdout, site.writes()], [4, '', []]);
    assert.match(stderr, /^error: machine edge-01 is in resource group rg-edge already \(Disconnected\)/);
    assert.deepEqual(site.azure.machines.all(), [machine]);
  });
});
