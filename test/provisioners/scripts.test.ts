import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { targets } from '../../src/render/cloud-init/targets/index.ts';
import type { TargetName } from '../../src/render/cloud-init/targets/names.ts';
import { lacks, read } from '../encode/reader.ts';
import { examples, workbench } from './workbench.ts';
import type { Call } from './workbench.ts';

const fromBase64 = (text = ''): Buffer => Buffer.from(text, 'base64');

/** A field of a JSON document. */
const field = (text: string, ...path: readonly string[]): string =>
  String(path.reduce((value: unknown, key) => Reflect.get(Object(value), key), JSON.parse(text)));

interface Script {
  readonly target: TargetName;
  /** Each program that it calls, with the options that its documentation has. */
  readonly programs: Readonly<Record<string, string>>;
  /** Each call's program and the first words behind it. */
  readonly calls: readonly string[];
  /** The user-data as the provider has it in its hands. */
  readonly payload: (calls: readonly Call[]) => string | undefined;
}

const scripts: Readonly<Record<string, Script>> = {
  'aws.sh': {
    target: 'aws',
    programs: {
      aws: 'image-id instance-type subnet-id metadata-options tag-specifications user-data',
    },
    calls: ['aws ec2 run-instances'],
    payload: ([call]) => call?.files['user-data'],
  },
  'azure.sh': {
    target: 'azure',
    programs: {
      az: 'resource-group name image size admin-username ssh-key-values custom-data',
    },
    calls: ['az vm create'],
    payload: ([call]) => call?.files['user-data.yaml'],
  },
  'google.sh': {
    target: 'gcp',
    programs: {
      gcloud: 'zone machine-type image-project image-family no-service-account no-scopes metadata-from-file',
    },
    calls: ['gcloud compute instances create edge-01'],
    payload: ([call]) => call?.files['user-data.yaml'],
  },
  'openstack.sh': {
    target: 'openstack',
    programs: { openstack: 'image flavor network user-data' },
    calls: ['openstack server create'],
    payload: ([call]) => call?.files['user-data'],
  },
  'digitalocean.sh': {
    target: 'digitalocean',
    programs: { doctl: 'image size region user-data-file' },
    calls: ['doctl compute droplet create edge-01'],
    payload: ([call]) => call?.files['user-data.yaml'],
  },
  'hetzner.sh': {
    target: 'hetzner',
    programs: { hcloud: 'name image type location user-data-from-file' },
    calls: ['hcloud server create'],
    payload: ([call]) => call?.files['user-data.yaml'],
  },
  'linode.sh': {
    target: 'linode',
    programs: { curl: 'fail silent show-error header data' },
    calls: ['curl'],
    payload: ([call]) => fromBase64(field(call?.stdin ?? '', 'metadata', 'user_data')).toString(),
  },
  'oxide.sh': {
    target: 'oxide',
    programs: { oxide: 'project json-body' },
    calls: ['oxide instance create'],
    payload: ([call]) => fromBase64(field(call?.files['instance.json'] ?? '', 'user_data')).toString(),
  },
  'proxmox.sh': {
    target: 'proxmox',
    programs: { ssh: '' },
    calls: ['ssh root@pve.example', 'ssh root@pve.example'],
    payload: ([call]) => call?.stdin,
  },
  'vsphere.sh': {
    target: 'vsphere',
    programs: { govc: 'vm on f' },
    calls: ['govc vm.clone', 'govc vm.change', 'govc vm.power'],
    payload: ([, call]) => gunzipSync(fromBase64(call?.files['guestinfo.userdata'])).toString(),
  },
  'libvirt.sh': {
    target: 'libvirt',
    programs: {
      'virt-install': 'name memory vcpus osinfo import disk network cloud-init noautoconsole',
    },
    calls: ['virt-install'],
    payload: ([call]) => call?.files['user-data.yaml'],
  },
};

/** The options of a call, without what they are given. */
const optionsOf = ({ argv }: Call): string[] =>
  argv.flatMap((word) => /^--?(?<name>[a-z][a-z-]*)(?:=.*)?$/.exec(word)?.groups?.['name'] ?? []);

suite('scripts of provisioners', { concurrency: 2 }, () => {
  test('each is known here', () => {
    const found = readdirSync(examples).filter((name) => name.endsWith('.sh'));
    assert.deepEqual(found.toSorted(), Object.keys(scripts).toSorted());
  });

  for (const [name, { target, programs, calls, payload }] of Object.entries(scripts)) {
    test(`${name}: the program gets the payload as the provider takes it, and no file stays behind`, async (t) => {
      const text = readFileSync(join(examples, name), 'utf8');
      if (/\bjq\b/.test(text) && read('jq', ['--version']) === undefined) return lacks(t, 'jq');
      const bench = workbench(t, Object.keys(programs));
      const before = bench.names();
      const { exitCode, stderr } = await bench.run('bash', [join(examples, name)]);
      assert.equal(exitCode, 0, stderr);
      const made = bench.calls();
      assert.deepEqual(
        made.map(({ argv }, index) => argv.slice(0, calls[index]?.split(' ').length).join(' ')),
        calls,
      );
      for (const call of made) {
        const known = (programs[call.argv[0] ?? ''] ?? '').split(' ');
        assert.deepEqual(
          optionsOf(call).filter((option) => !known.includes(option)),
          [],
        );
        // What every user of the workstation can read.
        assert.ok(!call.argv.some((word) => /cloud-config|I2Nsb3VkLWNvbmZpZ|k3f4/.test(word)));
      }
      assert.match(payload(made) ?? '', /^#cloud-config\n# flexgen: edge-01 becomes a node of aks1;/);
      assert.deepEqual(bench.names(), before);
      const { limit } = targets[target];
      if (limit !== null)
        assert.match(text, new RegExp(`at most ${limit.toLocaleString('en-US')} bytes`, 'i'));
    });
  }

  test('where flexgen fails nothing is made', async (t) => {
    const bench = workbench(t, ['aws']);
    const { exitCode } = await bench.run('bash', [
      '-c',
      `echo "nodes: 7" >>flexgen.yaml; . ${examples}/aws.sh`,
    ]);
    assert.equal(exitCode, 3);
    assert.deepEqual(bench.calls(), []);
  });
});
