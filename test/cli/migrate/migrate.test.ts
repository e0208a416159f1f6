import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { parse } from 'yaml';
import { fields } from '../../../src/cli/migrate/fields.ts';
import { createRig } from '../run.ts';
import { sampleFiles } from '../sample.ts';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
const secrets = ['hunter2~hunter2~hunter2', 'k3f4k3f4k3f4k3f4'];
const shapes = ['february', 'july'] as const;

const id =
  '/subscriptions/33333333-4444-4555-8666-777777777777/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks1';
const principal = {
  tenantId: '99999999-8888-4777-8666-555555555555',
  clientId: '11111111-2222-4333-8444-555555555555',
  clientSecret: 'x',
};
const config = (azure: object, rest: object = {}): string =>
  JSON.stringify({ azure: { targetCluster: { resourceId: id }, ...azure }, ...rest }, null, 1);

/** The paths of all fields in a JSON text, as the table has them. */
const pathsIn = (text: string): Set<string> => {
  const found = new Set<string>();
  const walk = (value: unknown, path: string): void => {
    found.add(path);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    for (const [key, child] of Object.entries(value)) walk(child, path === '' ? key : `${path}.${key}`);
  };
  walk(JSON.parse(text), '');
  return found;
};

suite('flexgen migrate', { concurrency: 2 }, () => {
  for (const shape of shapes) {
    test(`a complete config of ${shape} 2026: the new one, and what has become of each field`, async (t) => {
      const rig = createRig(t, { [`${shape}.json`]: read(`${shape}.json`) });
      assert.deepEqual(await rig.flexgen(['migrate', `${shape}.json`]), {
        exitCode: 5,
        stdout: read(`${shape}.config`),
        stderr: read(`${shape}.report`),
      });
      const written = await rig.flexgen(['migrate', `${shape}.json`, '--out', 'flexgen.yaml']);
      assert.deepEqual(written, {
        exitCode: 5,
        stdout: '',
        stderr: `${read(`${shape}.report`)}next: flexgen validate --config flexgen.yaml\n`,
      });
      assert.equal(rig.read('flexgen.yaml'), read(`${shape}.config`));
      assert.equal(rig.mode('flexgen.yaml'), '600');
      const said = Object.values(rig.files())
        .filter((text) => !text.includes('targetCluster'))
        .join('');
      for (const secret of secrets) assert.ok(!`${said}${written.stderr}`.includes(secret));
    });
  }

  test('both together have every field that is known', () => {
    const there = new Set(shapes.flatMap((shape) => [...pathsIn(read(`${shape}.json`))]));
    // These ways to sign in exclude those of the examples.
    const elsewhere = /^azure\.managedIdentity\.clientId$/;
    assert.deepEqual(
      Object.keys(fields).filter((path) => !there.has(path) && !elsewhere.test(path)),
      [],
    );
  });

  test('July’s renders as it stands, with the token from the environment', async (t) => {
    const rig = createRig(t, { 'july.json': read('july.json') });
    await rig.flexgen(['migrate', 'july.json', '--out', 'flexgen.yaml']);
    const env = { BOOTSTRAP_TOKEN: 'f4k3f4.k3f4k3f4k3f4k3f4' };
    const rendered = await rig.flexgen(['cloud-init', '--no-setup'], { env });
    assert.deepEqual([rendered.exitCode, rendered.stderr], [0, '']);
    assert.match(rendered.stdout, /NODE_NAME=edge-07\n/);
  });

  test('each way to sign in', async (t) => {
    const guid = '66666666-7777-4888-8999-aaaaaaaaaaaa';
    const arc = {
      enabled: true,
      machineName: 'Edge-07',
      resourceGroup: 'edge',
      location: 'westeurope',
      tags: { a: 'b' },
    };
    const cases: readonly (readonly [azure: object, auth: object, name?: string])[] = [
      [{ managedIdentity: {} }, { mode: 'managed-identity' }],
      [{ managedIdentity: { clientId: guid } }, { mode: 'managed-identity', clientId: guid }],
      [
        { servicePrincipal: principal, arc: { enabled: false } },
        {
          mode: 'service-principal',
          clientId: principal.clientId,
          tenantId: principal.tenantId,
          secret: { env: 'AZURE_CLIENT_SECRET' },
        },
      ],
      [
        { arc, tenantId: principal.tenantId },
        {
          mode: 'arc',
          resourceGroup: 'edge',
          location: 'westeurope',
          machineName: 'Edge-07',
          tags: { a: 'b' },
          tenantId: principal.tenantId,
        },
        'edge-07',
      ],
      [{ bootstrapToken: { token: 'x' } }, { mode: 'bootstrap-token', token: { env: 'BOOTSTRAP_TOKEN' } }],
      [{}, { mode: 'bootstrap-token' }],
    ];
    for (const [azure, auth, name] of cases) {
      const rig = createRig(t);
      const made = await rig.flexgen(['migrate', '-'], { stdin: config(azure) });
      assert.equal(made.exitCode, 0, made.stderr);
      const parsed = parse(made.stdout) as { cluster: object; auth: object; node?: { name?: string } };
      assert.deepEqual([parsed.cluster, parsed.auth, parsed.node?.name], [{ resourceId: id }, auth, name]);
    }
  });

  test('a service principal’s config renders, with its secret from the environment', async (t) => {
    const rig = createRig(t, sampleFiles);
    const { stdout } = await rig.flexgen(['migrate', '-'], {
      stdin: config({ servicePrincipal: principal }),
    });
    rig.write('flexgen.yaml', stdout.replace(/resourceId: .*/, 'facts: facts.yaml'));
    const env = { AZURE_CLIENT_SECRET: 'hunter2' };
    assert.equal((await rig.flexgen(['cloud-init', '--no-setup'], { env })).exitCode, 0);
  });

  test('Go’s way with names: any case, and the last of two', async (t) => {
    const stdin = `{"AZURE": {"targetcluster": {"RESOURCEID": "x", "resourceid": "${id}"}}, "node": {"MaxPods": 7}}`;
    const { stdout } = await createRig(t).flexgen(['migrate', '-'], { stdin });
    const parsed = parse(stdout) as { cluster: object; node: object };
    assert.deepEqual([parsed.cluster, parsed.node], [{ resourceId: id }, { maxPods: 7 }]);
  });

  test('what can’t be migrated is said where it stands, and nothing is written', async (t) => {
    const bad: readonly (readonly [text: string, stderr: string])[] = [
      [
        '{"azure": {"cloud": "Moon"}}\n',
        `error: azure.cloud is no cloud that flexgen knows: Moon
 --> config.json:1:21
  |
1 | {"azure": {"cloud": "Moon"}}
  |                     ^^^^^^
  = flexgen has public, us-government, china, and \`azure.endpoints\` for a cloud of your own

error: azure.targetCluster.resourceId is missing
  it says which cluster the node joins
`,
      ],
      [
        config({ servicePrincipal: principal, managedIdentity: {} }),
        `error: azure.servicePrincipal and azure.managedIdentity exclude each other
  keep the one that the nodes use; AKSFlexNode takes one of them only, too
`,
      ],
      ['[]', ''],
      ['{', ''],
      ['', ''],
    ];
    for (const [text, stderr] of bad) {
      const rig = createRig(t, { 'config.json': text });
      const ended = await rig.flexgen(['migrate', 'config.json', '--out', 'new.yaml']);
      assert.equal(ended.exitCode, 3, text);
      if (stderr !== '') assert.equal(ended.stderr, stderr);
      assert.deepEqual(Object.keys(rig.files()), ['config.json']);
    }
  });

  test('a file that is there is not replaced unasked', async (t) => {
    const rig = createRig(t, { 'config.json': config({}), 'flexgen.yaml': 'mine' });
    const args = ['migrate', 'config.json', '--out', 'flexgen.yaml'];
    assert.deepEqual(await rig.flexgen(args), {
      exitCode: 2,
      stdout: '',
      stderr: 'error: flexgen.yaml is there already\n  name another file, or replace it with `--force`\n',
    });
    assert.equal(rig.read('flexgen.yaml'), 'mine');
    assert.equal((await rig.flexgen([...args, '--force'])).exitCode, 0);
    assert.match(rig.read('flexgen.yaml'), /resourceId/);
  });

  test('--json has the config and the report', async (t) => {
    const { exitCode, stdout, stderr } = await createRig(t).flexgen(['migrate', '-', '--json'], {
      stdin: config({}),
    });
    assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
    const { config: text, ...rest } = JSON.parse(stdout) as { config: string };
    assert.deepEqual(parse(text), {
      apiVersion: 'flexgen/v1',
      cluster: { resourceId: id },
      auth: { mode: 'bootstrap-token' },
    });
    assert.deepEqual(rest, {
      shape: 'February 2026',
      fields: [
        { path: 'azure.targetCluster.resourceId', state: 'taken', to: 'cluster.resourceId', why: null },
      ],
      secrets: [],
    });
  });
});
