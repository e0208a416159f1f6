import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { mergeUserData } from '../../src/render/cloud-init/merge.ts';
import { planStarter, renderStarter } from './starters.ts';
import { decode } from './decode.ts';
import { lacks } from '../encode/reader.ts';

const ours = {
  ssh_authorized_keys: ['ssh-ed25519 OURS'],
  write_files: [{ path: '/etc/flexgen/node.env', content: 'A=1\n' }],
  runcmd: ['systemctl start ours'],
};

const merge = (text: string) => mergeUserData(ours, `#cloud-config\n${text}`, 'mine.yaml');

function merged(text: string): unknown {
  const result = merge(text);
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

function refused(text: string): unknown {
  const result = merge(text);
  assert.ok(!result.ok);
  return result.errors.map(({ message }) => message);
}

suite('user-data that a machine has anyway', () => {
  test('nothing but the first line', () => {
    assert.deepEqual(merged(''), ours);
    assert.deepEqual(merged('# later\n'), ours);
  });

  test('what is theirs alone stays', () => {
    assert.deepEqual(merged('timezone: UTC\nusers: [default, { name: me }]\n'), {
      timezone: 'UTC',
      users: ['default', { name: 'me' }],
      ...ours,
    });
  });

  test('lists are appended, theirs first', () => {
    assert.deepEqual(
      merged(
        'runcmd: [[touch, /a], "touch /b"]\nwrite_files:\n  - { path: /a, content: b }\nssh_authorized_keys: [THEIRS]\n',
      ),
      {
        runcmd: [['touch', '/a'], 'touch /b', 'systemctl start ours'],
        write_files: [{ path: '/a', content: 'b' }, ...ours.write_files],
        ssh_authorized_keys: ['THEIRS', 'ssh-ed25519 OURS'],
      },
    );
  });

  test('an alias and YAML 1.1 are read as cloud-init reads them', () => {
    assert.deepEqual(merged('a: &a [yes, 0644]\nb: *a\n'), { a: [true, 420], b: [true, 420], ...ours });
  });

  test('a file that is ours is refused', () => {
    assert.deepEqual(refused('write_files: [{ path: /etc/flexgen/node.env }]\n'), [
      'this file writes /etc/flexgen/node.env, and so does flexgen',
    ]);
  });

  test('one value where a list belongs is refused', () => {
    assert.deepEqual(refused('runcmd: reboot\n'), ['`runcmd` is not a list in this file']);
    assert.deepEqual(refused('write_files: {}\n'), ['`write_files` is not a list in this file']);
    assert.deepEqual(refused('runcmd:\n'), ['`runcmd` is not a list in this file']);
  });

  test('a list is refused', () => {
    assert.deepEqual(refused('- a\n'), ['this file is not a mapping']);
  });

  test('a key that stands twice is refused', () => {
    assert.deepEqual(refused('a: 1\na: 2\n'), ['this file is not YAML: Map keys must be unique']);
  });

  for (const first of [
    '',
    '#!/bin/sh',
    '#include',
    'cloud-config',
    '## template: jinja\n#cloud-config',
    '#cloud-config-archive',
  ]) {
    test(`a file that begins with ${JSON.stringify(first)} is refused`, () => {
      const result = mergeUserData(ours, `${first}\nruncmd: []\n`, 'mine.yaml');
      assert.ok(!result.ok);
      assert.equal(result.errors[0]?.message, 'this file does not begin with `#cloud-config`');
    });
  }

  test('the starter has both', async (t) => {
    const decoded = decode(await renderStarter('external-cni'));
    if (decoded === undefined) return lacks(t, 'PyYAML');
    assert.deepEqual(decoded.rest, {
      timezone: 'Europe/Berlin',
      runcmd: [
        ['touch', '/var/lib/lab-ready'],
        'tar xzf /var/lib/flexgen/cache/image.tgz -C / && systemctl enable --now --no-block flexgen',
      ],
    });
    assert.equal(decoded.files.size, (await planStarter('external-cni')).files.length + 1);
  });
});
