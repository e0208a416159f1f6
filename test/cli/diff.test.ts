import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { createRig } from './run.ts';

/** A payload by hand: what it writes, and what it runs. */
const payload = (token: string, mode: string, command: string): string =>
  JSON.stringify({
    write_files: [
      { path: '/etc/app.conf', permissions: mode, content: 'a: 1\nb: 2\nc: 3\n' },
      { path: '/etc/token', permissions: '0600', content: `${token}\n` },
      {
        path: '/usr/bin/tool',
        permissions: '0755',
        encoding: 'b64',
        content: command === 'old' ? 'AAE=' : 'AAI=',
      },
    ],
    runcmd: ['echo hello', `echo ${token} ${command}`],
  }).replace('{', '#cloud-config\n{');

const before = payload('abcdef.0123456789abcdef', '0644', 'old');
const after = payload('fedcba.fedcba9876543210', '0640', 'new');

const expected = `changed: /etc/app.conf (mode 0644 -> 0640)

changed: /etc/token
--- a.yaml: /etc/token
+++ b.gz: /etc/token
@@ -1,1 +1,1 @@
-<masked bootstrap token 1>
+<masked bootstrap token 2>

changed: /usr/bin/tool (sha256 b413f47d13ee2fe6c845b2ee141af81de858df4ec549a58b7970bb96645bc8d2 -> fcf0a6c700dd13e274b6fba8deea8dd9b26e4eedde3495717cac8408c9c5177f)

changed: (runcmd)
--- a.yaml: (runcmd)
+++ b.gz: (runcmd)
@@ -1,2 +1,2 @@
 echo hello
-echo <masked bootstrap token 1> old
+echo <masked bootstrap token 2> new
`;

suite('flexgen diff', () => {
  test('what differs inside, file by file; a secret that is another one is told to be', async (t) => {
    const { flexgen } = createRig(t, { 'a.yaml': before, 'b.gz': gzipSync(after) });
    const { exitCode, stdout, stderr } = await flexgen(['diff', 'a.yaml', 'b.gz']);
    assert.equal(stdout, expected);
    assert.deepEqual({ exitCode, stderr }, { exitCode: 5, stderr: 'a.yaml -> b.gz: 4 changes\n' });
  });

  test('a payload and itself, in another envelope', async (t) => {
    const { flexgen } = createRig(t, { 'a.yaml': before });
    assert.deepEqual(
      await flexgen(['diff', 'a.yaml', '-'], {
        stdin: gzipSync(before).toString('base64'),
      }),
      {
        exitCode: 0,
        stdout: '',
        stderr: 'a.yaml -> -: no difference\n',
      },
    );
  });

  test('a secret of one is masked in the other', async (t) => {
    const plain = '#cloud-config\nruncmd: [echo correct-horse-battery]\n';
    const { flexgen } = createRig(t, { a: plain, b: `${plain}password: correct-horse-battery\n` });
    const { exitCode, stdout } = await flexgen(['diff', 'a', 'b', '--json']);
    assert.equal(exitCode, 5);
    assert.deepEqual(JSON.parse(stdout), [
      {
        name: '(password)',
        state: 'added',
        details: [],
        hunks: '@@ -0,0 +1,1 @@\n+password: <masked password 1>\n',
      },
    ]);
  });

  test('what was added and removed', async (t) => {
    const one = '#cloud-config\nwrite_files: [{ path: /a, content: "1\\n" }]\n';
    const { flexgen } = createRig(t, { a: one, b: one.replace('/a', '/b') });
    const { stdout } = await flexgen(['diff', 'a', 'b']);
    assert.equal(
      stdout,
      'removed: /a (mode 0644)\n--- a: /a\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-1\n\nadded: /b (mode 0644)\n--- /dev/null\n+++ b: /b\n@@ -0,0 +1,1 @@\n+1\n',
    );
  });

  test('what can’t be read, both at once', async (t) => {
    const { flexgen } = createRig(t, { b: 'nothing' });
    const { exitCode, stdout, stderr } = await flexgen(['diff', 'a', 'b']);
    assert.deepEqual([exitCode, stdout], [3, '']);
    assert.match(
      stderr,
      /^error: can't read a: there is no such file\n[^]*error: b: it is nothing that cloud-init reads\n/,
    );
    assert.deepEqual(await flexgen(['diff', '-', '-']), {
      exitCode: 2,
      stdout: '',
      stderr: 'error: standard input can be only one of the two\n  name a file for the other one\n',
    });
  });
});
