import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { root } from '../../cli/run.ts';
import { review } from './read.ts';

const shape = (name: string): string => readFileSync(join(root, 'test/render/review/shapes', name), 'utf8');

/** None of these may stand anywhere in what is said of a payload. */
function hides(said: unknown, secrets: readonly string[]): void {
  const text = JSON.stringify(said);
  for (const secret of secrets) assert.ok(!text.includes(secret), `it shows ${secret}`);
}

suite('payloads of other tools, written after what those document', () => {
  test('Cluster API: a template with kubeadm’s config', () => {
    const got = review(shape('cluster-api.yaml'));
    hides(got, ['TkVWRVIr', 'abc123.0fedcba987654321', '0fedcba', 'saltsalt']);
    assert.deepEqual(
      got.files.map(({ path, mode, owner, secret }) => [path, mode, owner, secret]),
      [
        ['/etc/kubernetes/pki/ca.key', '0600', 'root:root', true],
        ['/run/kubeadm/kubeadm-join-config.yaml', '0640', 'root:root', true],
        ['/run/cluster-api/placeholder', '0640', 'root:root', false],
      ],
    );
    assert.deepEqual(
      got.secrets.map(({ where, line, kind }) => [where, line, kind]),
      [
        ['/etc/kubernetes/pki/ca.key', 1, 'private key'],
        ['/run/kubeadm/kubeadm-join-config.yaml', 9, 'bootstrap token'],
        ['user-data: users', 4, 'password'],
      ],
    );
    assert.match(got.files[1]?.text ?? '', /- sha256:7c2e69131a/);
    assert.deepEqual(
      got.commands.map(({ stage, text }) => [stage, text]),
      [
        ['final', 'echo {{ ds.meta_data.hostname }} > /etc/hostname'],
        [
          'final',
          'kubeadm join --config /run/kubeadm/kubeadm-join-config.yaml && echo success > /run/cluster-api/bootstrap-success.complete',
        ],
      ],
    );
    assert.deepEqual(got.notes, ['user-data: cloud-init fills in its variables (`{{ … }}`) on the machine']);
  });

  test('kOps: a script that fetches nodeup by its digest', () => {
    const got = review(shape('kops-nodeup.sh'));
    hides(got, ['FlexgenTestOnlySecretAccessKey']);
    assert.deepEqual(
      got.parts.map(({ kind }) => kind),
      ['script'],
    );
    const [one, two] = ['1', '2'].map((digit) => `sha256:${digit.repeat(64)}`);
    assert.deepEqual(
      got.downloads.map(({ url, digest }) => [url, digest]),
      [
        ['https://artifacts.example.com/binaries/nodeup-linux-amd64', one],
        ['https://mirror.example.com/nodeup-linux-amd64', one],
        ['https://artifacts.example.com/binaries/nodeup-linux-arm64', two],
      ],
    );
    assert.deepEqual(got.commands, [
      { stage: 'final', when: 'first boot', text: '/bin/bash user-data', part: 'user-data' },
    ]);
    assert.deepEqual(got.units, [
      { name: 'kops-configuration.service', path: null, runs: [], state: ['started'] },
    ]);
  });

  test('MIME: a boothook, scripts, a cloud-config, gzip, an include, and a part for somebody else', () => {
    const got = review(shape('boothook.mime'));
    hides(got, ['ZmxleGdlbit', 'flexgen-only-a-test', 'flexgen-test-password', 'eyJzdWIi']);
    assert.deepEqual(
      got.parts.map(({ name, kind, via }) => [name, kind, via.join(' > ')]),
      [
        ['hook.txt', 'boothook', 'mime'],
        ['join.sh', 'script', 'mime'],
        ['accounts.cfg', 'cloud-config', 'mime'],
        ['more.gz', 'script', 'mime > gzip'],
        ['more.txt', 'include', 'mime'],
        ['part-006', 'foreign', 'mime'],
      ],
    );
    assert.deepEqual(
      got.secrets.map(({ where, line, label }) => [where, line, label]),
      [
        ['join.sh', 3, '<masked shared access signature 1>'],
        ['join.sh', 4, '<masked secret 1>'],
        ['join.sh', 5, '<masked token (JWT) 1>'],
        ['accounts.cfg: chpasswd', 4, '<masked password 1>'],
      ],
    );
    assert.deepEqual(
      got.timeline.map(({ stage, when, what }) => `${stage}, ${when}: ${what}`),
      [
        'init, first boot: fetches what more.txt lists, and obeys it',
        'init, every boot: boothook hook.txt',
        'config, first boot: chpasswd',
        'final, first boot: packages',
        'final, first boot: /bin/bash join.sh',
        'final, first boot: /bin/sh more.gz',
      ],
    );
    assert.deepEqual(got.downloads.at(-1), {
      url: 'https://example.com/more',
      digest: null,
      from: 'more.txt',
    });
    assert.deepEqual(got.notes, [
      'more.txt: what it lists is fetched by the machine, and was not looked into',
      'part-006: it is for Kubernetes, not for cloud-init',
    ]);
  });

  test('a cloud-config archive', () => {
    const got = review(
      '#cloud-config-archive\n- type: text/cloud-config\n  content: |\n    #cloud-config\n    packages: [jq]\n- "#!/bin/sh\\necho hello\\n"\n- type: text/x-never\n  filename: odd\n  content: x\n',
    );
    assert.deepEqual(
      got.parts.map(({ name, kind }) => [name, kind]),
      [
        ['user-data-1', 'cloud-config'],
        ['user-data-2', 'script'],
        ['odd', 'ignored'],
      ],
    );
    assert.deepEqual(got.notes, ['odd: cloud-init reads no part of the type "text/x-never"']);
  });

  test('two cloud-configs: what the second one drops of the first', () => {
    const part = (text: string): string => `--b\nContent-Type: text/cloud-config\n\n${text}`;
    const both = (merge: string): string =>
      `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n${part('runcmd: [a]\n')}${part(`${merge}runcmd: [b]\n`)}--b--\n`;
    assert.deepEqual(review(both('')).notes, [
      'part-002: its `runcmd` replaces that of part-001: it has no `merge_how`',
    ]);
    assert.deepEqual(review(both('merge_how: "list(append)+dict(no_replace,recurse_list)"\n')).notes, []);
  });

  test('modes as cloud-init takes them: octal text, or a number as YAML 1.1 has it', () => {
    const modes = ["'0640'", "'640'", '0640', '640'];
    const list = modes.map((mode) => `- { path: /a, permissions: ${mode} }\n`);
    const { files, notes } = review(`#cloud-config\nwrite_files:\n${list.join('')}`);
    assert.deepEqual(
      files.map(({ mode }) => mode),
      ['0640', '0640', '0640', '1200'],
    );
    assert.deepEqual(notes, [
      "user-data: the permissions 640 are a decimal number, which is 1200: put '0640' in quotes",
    ]);
  });

  for (const [what, text, system] of [
    ['Ignition', '{"ignition": {"version": "3.4.0"}}', 'Ignition (Fedora CoreOS, Flatcar)'],
    ['Kubernetes', 'apiVersion: v1\nkind: Pod\n', 'Kubernetes'],
    ['Windows', '#ps1_sysnative\nhostname\n', 'Windows (cloudbase-init)'],
  ] as const) {
    test(`${what} is told to be somebody else’s`, () => {
      assert.deepEqual(review(text).notes, [`user-data: it is for ${system}, not for cloud-init`]);
    });
  }

  test('what Kubernetes carries is opened', () => {
    const inner = '#cloud-config\nruncmd: [echo hello]\n';
    const encoded = Buffer.from(inner).toString('base64');
    for (const [text, wrapping] of [
      [
        `apiVersion: v1\nkind: Secret\ntype: cluster.x-k8s.io/secret\ndata: { value: ${encoded} }\n`,
        ['kubernetes', 'base64'],
      ],
      [
        `apiVersion: kubevirt.io/v1\nkind: VirtualMachine\nspec: { template: { spec: { volumes: [{ cloudInitNoCloud: { userDataBase64: ${encoded} } }] } } }\n`,
        ['kubernetes', 'base64'],
      ],
      [`a: 1\n---\nkind: VirtualMachine\nspec: {userData: ${JSON.stringify(inner)}}\n`, ['kubernetes']],
    ] as const) {
      const got = review(text);
      assert.deepEqual(got.wrapping, wrapping);
      assert.equal(got.commands[0]?.text, 'echo hello');
    }
  });

  test('the keys of a virtual machine, as govc and a VMX file have them', () => {
    const encoded = Buffer.from('#cloud-config\nruncmd: [echo hello]\n').toString('base64');
    for (const text of [
      `govc vm.change -vm a -e guestinfo.userdata.encoding=base64 -e guestinfo.userdata=${encoded}\n`,
      `guestinfo.userdata = "${encoded}"\nguestinfo.userdata.encoding = "base64"\n`,
    ]) {
      assert.equal(review(text).commands[0]?.text, 'echo hello');
    }
  });
});
