import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite, test } from 'node:test';
import { parse } from '@cdktf/hcl2json';
import { loadAll } from 'js-yaml';
import { lacks, read } from '../encode/reader.ts';
import { examples, workbench } from './workbench.ts';

const example = (name: string): string => readFileSync(join(examples, name), 'utf8');

const isPayload = /^#cloud-config\n# flexgen: edge-01 becomes a node of aks1;/;

/** The command that stands in a file's comments. */
function command(text: string): string {
  const lines = text.split('\n').filter((line) => line.startsWith('#   '));
  assert.ok(lines.length > 0);
  return lines.map((line) => line.slice('#   '.length)).join('\n');
}

/** Blocks by type and name, each a list: what hcl2json makes of `resource "TYPE" "NAME" {…}`. */
type Blocks = Readonly<
  Record<string, Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>>
>;

interface Hcl {
  readonly data?: Blocks;
  readonly resource: Blocks;
}

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: Readonly<Record<string, unknown>>;
}

suite('documents of provisioners', { concurrency: 2 }, () => {
  test('each is known here or is a script', () => {
    const found = readdirSync(examples).filter((name) => !/\.(sh|md)$/.test(name));
    assert.deepEqual(found.toSorted(), [
      'ansible.yaml',
      'cluster-api.yaml',
      'github-actions.yaml',
      'hyperv.ps1',
      'kubevirt.yaml',
      'terraform-external.tf',
      'terraform-file.tf',
      'terraform-fleet.tf',
    ]);
  });

  test('Terraform, external: its program prints what the data source reads, an object of texts', async (t) => {
    const hcl = (await parse('main.tf', example('terraform-external.tf'))) as Hcl;
    const [source] = hcl.data?.['external']?.['payload'] ?? [];
    const [node] = hcl.resource['aws_instance']?.['node'] ?? [];
    assert.equal(node?.['user_data'], '${sensitive(data.external.payload.result.user_data)}');
    const bench = workbench(t, []);
    const words = (source?.['program'] ?? []) as readonly string[];
    const [program = '', ...args] = words.map((word) => word.replace('${path.module}', bench.folder));
    // Terraform writes its query first.
    const { exitCode, stdout, stderr } = await bench.run(program, args, '{}');
    assert.equal(exitCode, 0, stderr);
    const result = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
    assert.ok(Object.values(result).every((value) => typeof value === 'string'));
    assert.match(String(result['user_data']), isPayload);
  });

  test('Terraform, file: the command beside it writes the file that it reads', async (t) => {
    const text = example('terraform-file.tf');
    const hcl = (await parse('main.tf', text)) as Hcl;
    const [node] = hcl.resource['hcloud_server']?.['node'] ?? [];
    assert.equal(node?.['user_data'], '${sensitive(file("${path.module}/user-data.yaml"))}');
    const bench = workbench(t, []);
    const { exitCode, stderr } = await bench.run('bash', ['-c', command(text)]);
    assert.equal(exitCode, 0, stderr);
    assert.match(readFileSync(join(bench.folder, 'user-data.yaml'), 'utf8'), isPayload);
  });

  test('Terraform, fleet: the command beside it writes what each machine’s payload is looked up in', async (t) => {
    const text = example('terraform-fleet.tf');
    const { locals, resource } = (await parse('main.tf', text)) as Hcl & { readonly locals: unknown };
    assert.deepEqual(locals, [
      { payloads: '${jsondecode(file("${path.module}/fleet/manifest.json")).payloads}' },
    ]);
    const [node] = resource['hcloud_server']?.['node'] ?? [];
    assert.equal(node?.['for_each'], '${{ for payload in local.payloads : payload.name => payload.file }}');
    assert.equal(node?.['user_data'], '${sensitive(file("${path.module}/fleet/${each.value}"))}');
    const bench = workbench(t, []);
    const rows = [1, 2].map((number) => `edge-0${number},10.245.${number}.0/24\n`);
    writeFileSync(join(bench.folder, 'nodes.csv'), `name,network.podCIDR\n${rows.join('')}`);
    const { exitCode, stderr } = await bench.run('bash', ['-c', command(text)]);
    assert.equal(exitCode, 0, stderr);
    const fleet = (name: string): string => readFileSync(join(bench.folder, 'fleet', name), 'utf8');
    const { payloads } = JSON.parse(fleet('manifest.json')) as {
      readonly payloads: readonly { readonly name: string; readonly file: string }[];
    };
    assert.deepEqual(
      payloads.map(({ name }) => name),
      ['edge-01', 'edge-02'],
    );
    for (const { name, file } of payloads)
      assert.match(fleet(file), new RegExp(`^#cloud-config\n# flexgen: ${name} becomes a node of aks1;`));
  });

  for (const [name, secret, key] of [
    ['kubevirt.yaml', 'edge-01-user-data', 'userdata'],
    ['cluster-api.yaml', 'edge-01-user-data', 'value'],
  ] as const) {
    test(`${name}: the command beside it makes the Secret that it names`, async (t) => {
      const bench = workbench(t, ['kubectl']);
      const { exitCode, stderr } = await bench.run('bash', [
        '-c',
        `set -o pipefail; ${command(example(name))}`,
      ]);
      assert.equal(exitCode, 0, stderr);
      const [call = assert.fail('kubectl is called')] = bench.calls();
      assert.deepEqual(call.argv.slice(0, 5), ['kubectl', 'create', 'secret', 'generic', secret]);
      assert.ok(call.argv.includes(`--from-file=${key}=/dev/stdin`));
      assert.match(call.stdin, isPayload);
    });
  }

  test('KubeVirt: the payload is a disk, from the Secret', () => {
    const [machine] = loadAll(example('kubevirt.yaml')) as Manifest[];
    assert.equal(`${machine?.apiVersion} ${machine?.kind}`, 'kubevirt.io/v1 VirtualMachine');
    const { domain, volumes } = Object(Reflect.get(Object(machine?.spec['template']), 'spec')) as {
      readonly domain: { readonly devices: { readonly disks: readonly { readonly name: string }[] } };
      readonly volumes: readonly { readonly name: string }[];
    };
    assert.deepEqual(
      domain.devices.disks.map(({ name }) => name),
      volumes.map(({ name }) => name),
    );
    assert.deepEqual(volumes[1], {
      name: 'payload',
      cloudInitNoCloud: { secretRef: { name: 'edge-01-user-data' } },
    });
  });

  test('Cluster API: the machine takes it from the Secret', () => {
    const [machine, infrastructure = assert.fail('one more document')] = loadAll(
      example('cluster-api.yaml'),
    ) as Manifest[];
    assert.equal(machine?.kind, 'Machine');
    const { apiVersion, kind, metadata } = infrastructure;
    assert.deepEqual(machine.spec, {
      clusterName: 'edge',
      bootstrap: { dataSecretName: 'edge-01-user-data' },
      infrastructureRef: { apiVersion, kind, name: metadata.name },
    });
  });

  test('Ansible plays it: the module of the machine gets the payload, of which nothing stays', async (t) => {
    if (read('ansible-playbook', ['--version']) === undefined) return lacks(t, 'ansible-core');
    const bench = workbench(t, []);
    const before = bench.names();
    copyFileSync(join(examples, 'ansible.yaml'), join(bench.folder, 'ansible.yaml'));
    // What takes the place of the module of AWS's collection, and keeps what it was given.
    const module = join(
      bench.folder,
      '../collections/ansible_collections/amazon/aws/plugins/modules/ec2_instance.py',
    );
    mkdirSync(dirname(module), { recursive: true });
    writeFileSync(module, readFileSync(join(import.meta.dirname, 'ec2_instance.py')));
    const home = dirname(bench.folder);
    const script = `ANSIBLE_COLLECTIONS_PATH=${home}/collections ansible-playbook -i localhost, ansible.yaml`;
    const { exitCode, stdout, stderr } = await bench.run('bash', ['-c', script]);
    assert.equal(exitCode, 0, stdout + stderr);
    const given = JSON.parse(readFileSync(join(home, 'calls/ec2_instance'), 'utf8')) as Record<
      string,
      unknown
    >;
    assert.match(String(given['user_data']), isPayload);
    assert.equal(given['name'], 'edge-01');
    assert.ok(!stdout.includes('cloud-config'));
    assert.deepEqual(bench.names(), [...before, 'ansible.yaml'].toSorted());
  });

  test('Hyper-V: flexgen’s command writes the CD that is put in', async (t) => {
    const text = example('hyperv.ps1');
    const [, line = ''] = /^(npx flexgen .*)$/m.exec(text) ?? [];
    assert.match(text, /^Add-VMDvdDrive -VMName edge-01 -Path \(Resolve-Path seed\.iso\)$/m);
    const bench = workbench(t, []);
    const { exitCode, stderr } = await bench.run('bash', ['-c', line]);
    assert.equal(exitCode, 0, stderr);
    assert.equal(readFileSync(join(bench.folder, 'seed.iso')).toString('latin1', 0x8001, 0x8006), 'CD001');
  });
});
