import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { EnvelopeName } from '../../src/render/cloud-init/envelopes/names.ts';
import { renderUserData } from '../../src/render/cloud-init/user-data.ts';
import { lacks } from '../encode/reader.ts';
import { missing } from './cloud-init.ts';
import { take } from './taken.ts';

const ours = '#!/bin/sh\necho "FAILED — it’s over" # a=b \n';

function render(text: string, envelope: EnvelopeName | 'auto' = 'auto'): ReturnType<typeof renderUserData> {
  return renderUserData({
    files: [{ path: '/usr/local/bin/ours', content: ours, mode: 0o755, phase: 'image', secret: false }],
    target: 'stock',
    authorizedKeys: ['ssh-ed25519 OURS'],
    title: 'flexgen: a test',
    name: 'edge-01',
    output: { target: 'any', envelope, url: 'https://boot.example/edge-01.yaml' },
    merge: { text, file: 'mine' },
  });
}

function message(text: string): string {
  const result = render(text);
  assert.ok(result.ok, JSON.stringify(result));
  assert.equal(result.value.envelope, 'mime');
  return result.value.bytes.toString();
}

const script = '#!/bin/bash\nprintf "%s\\n" "ü=1" \t\necho done';

const theirs = `Content-Type: multipart/mixed; boundary="==b=="
MIME-Version: 1.0

--==b==
Content-Type: text/cloud-config

#cloud-config
timezone: UTC
runcmd: [echo first]
write_files: [{path: /etc/one, content: one}]

--==b==
Content-Type: text/cloud-config
Merge-Type: list(append)+dict(recurse_array)+str()

#cloud-config
runcmd: [echo second]

--==b==
Content-Type: text/x-shellscript

#!/bin/sh
echo theirs

--==b==--
`;

const own = {
  ssh_authorized_keys: ['ssh-ed25519 OURS'],
  write_files: [{ path: '/usr/local/bin/ours', permissions: '0755', content: ours }],
  runcmd: ['systemctl enable --now --no-block flexgen'],
};

suite('a part of the user’s own that is no cloud-config', () => {
  test('stands beside ours, and nothing of either is lost', async (t) => {
    const taken = await take(t, {
      script: message(script),
      // It runs while cloud-init reads: what it leaves behind tells.
      boothook: message('#cloud-boothook\n#!/bin/sh\ncp "$0" "${0%/*/*}/scripts/hooked"\n'),
      archive: message(
        '#cloud-config-archive\n- "#cloud-config\\ntimezone: UTC\\n"\n- "#!/bin/sh\\necho theirs\\n"\n',
      ),
      jinja: message('## template: jinja\n#cloud-config\nruncmd: [echo {{ v1.region }}]\n'),
      message: message(theirs),
    });
    if (taken === undefined) return lacks(t, missing);
    const of = (name: string) => [taken[name]?.config, taken[name]?.scripts];
    assert.deepEqual(of('script'), [own, [script]]);
    assert.deepEqual(of('boothook'), [own, ['#!/bin/sh\ncp "$0" "${0%/*/*}/scripts/hooked"\n']]);
    assert.deepEqual(of('archive'), [{ timezone: 'UTC', ...own }, ['#!/bin/sh\necho theirs\n']]);
    assert.deepEqual(of('jinja'), [{ ...own, runcmd: ['echo here', ...own.runcmd] }, []]);
    assert.deepEqual(of('message'), [
      {
        timezone: 'UTC',
        ...own,
        runcmd: ['echo first', 'echo second', ...own.runcmd],
        write_files: [{ path: '/etc/one', content: 'one' }, ...own.write_files],
      },
      ['#!/bin/sh\necho theirs\n'],
    ]);
  });

  test('is in every other envelope too, but for those of one cloud-config', () => {
    const result = render(script, 'gzip');
    assert.ok(result.ok && result.value.envelope === 'gzip' && typeof result.value.bytes !== 'string');
    const refusals = (['plain', 'include'] as const).map((envelope) => render(script, envelope));
    assert.deepEqual(
      refusals.map((refused) => (refused.ok ? '' : refused.errors[0]?.message)),
      [
        '`plain` is one cloud-config, and mine is text/x-shellscript',
        '`include` hands over one cloud-config, and mine is text/x-shellscript',
      ],
    );
  });

  test('is counted, and told where it is too much', () => {
    const result = render(`#!/bin/sh\n${'# much\n'.repeat(3000)}`);
    assert.ok(!result.ok);
    assert.deepEqual(result.errors[0]?.table?.[0], ['mine', '21,010']);
  });
});
