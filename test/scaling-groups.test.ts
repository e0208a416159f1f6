import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { parse } from '@cdktf/hcl2json';
import { loadAll } from 'js-yaml';
import { root } from './cli/run.ts';
import { renderStarter } from './render/starters.ts';

const folder = join(root, 'templates/scaling-groups');
const example = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** Blocks by type and name, each a list: what hcl2json makes of `resource "TYPE" "NAME" {…}`. */
type Blocks = Readonly<
  Record<string, Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>>
>;

async function resource(file: string, type: string): Promise<Readonly<Record<string, unknown>>> {
  const { resource: resources } = (await parse(file, example(file))) as { readonly resource: Blocks };
  const [block, ...others] = resources[type]?.['node'] ?? [];
  assert.ok(block !== undefined && others.length === 0, `one ${type} "node" in ${file}`);
  return block;
}

const userData = '${path.module}/user-data.yaml';

suite('examples of scaling groups', () => {
  test('each is known here', () => {
    const names = ['README.md', 'aws.tf', 'azure.tf', 'cluster-api.yaml', 'google.tf'];
    assert.deepEqual(readdirSync(folder).toSorted(), names);
  });

  test('AWS: the launch template hands the user-data over in base64, and the group takes its newest version', async () => {
    const template = await resource('aws.tf', 'aws_launch_template');
    assert.equal(template['user_data'], `\${filebase64("${userData}")}`);
    const group = await resource('aws.tf', 'aws_autoscaling_group');
    assert.deepEqual(group['launch_template'], [
      { id: '${aws_launch_template.node.id}', version: '${aws_launch_template.node.latest_version}' },
    ]);
  });

  test('Azure: the scale set hands it over in base64, as its custom data', async () => {
    const set = await resource('azure.tf', 'azurerm_linux_virtual_machine_scale_set');
    assert.equal(set['custom_data'], `\${filebase64("${userData}")}`);
    assert.deepEqual(set['identity'], [
      { type: 'UserAssigned', identity_ids: ['${azurerm_user_assigned_identity.node.id}'] },
    ]);
  });

  test('Google: the template hands it over as it is, under the key that cloud-init reads', async () => {
    const template = await resource('google.tf', 'google_compute_region_instance_template');
    assert.deepEqual(template['metadata'], { 'user-data': `\${file("${userData}")}` });
    const group = await resource('google.tf', 'google_compute_region_instance_group_manager');
    assert.deepEqual(group['version'], [
      { instance_template: '${google_compute_region_instance_template.node.id}' },
    ]);
  });

  test('Cluster API: the pool takes it from a Secret, and its machines from AWS', () => {
    const [pool, infrastructure] = loadAll(example('cluster-api.yaml')) as {
      readonly kind: string;
      readonly apiVersion: string;
      readonly metadata: { readonly name: string };
      readonly spec: Readonly<Record<string, unknown>>;
    }[];
    assert.equal(pool?.kind, 'MachinePool');
    const { apiVersion, kind, metadata } = infrastructure ?? assert.fail('one more document');
    assert.deepEqual(pool.spec['template'], {
      spec: {
        clusterName: 'edge',
        bootstrap: { dataSecretName: 'edge-user-data' },
        infrastructureRef: { apiVersion, kind, name: metadata.name },
      },
    });
  });
});

/** What each takes, in bytes before base64; Cluster API hands it to one of them. */
const limits = { 'aws.tf': 16_384, 'azure.tf': 65_535, 'google.tf': 262_144 } as const;

suite('the payload of a scaling group', () => {
  for (const name of ['scaling-group', 'managed-identity'])
    test(`${name}: fits, as each of them says how much it takes`, async () => {
      const payload = await renderStarter(name);
      for (const [file, limit] of Object.entries(limits)) {
        assert.ok(Buffer.byteLength(payload) <= limit, file);
        assert.match(example(file), new RegExp(`at most ${limit.toLocaleString('en-US')} bytes`, 'i'));
      }
    });
});
