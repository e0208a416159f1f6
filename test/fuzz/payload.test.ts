import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createRig, execute, program, root } from '../cli/run.ts';
import { bombs } from './bombs.ts';
import { seed } from './seed.ts';

/** With as much memory and as much of a processor's time as no payload needs. */
async function unfold(...args: readonly string[]): Promise<readonly (readonly [string, string])[]> {
  const node = `exec "$0" --max-old-space-size=512 --import tsx test/fuzz/unfold.ts "$@"`;
  const { exitCode, stdout, stderr } = await execute(
    'bash',
    ['--norc', '-c', `ulimit -t 120; ${node}`, process.execPath, ...args],
    { cwd: root },
  );
  assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' }, `after ${stdout}`);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => [line.slice(0, line.lastIndexOf(': ')), line.slice(line.lastIndexOf(': ') + 2)]);
}

const damaged = 'payload/damaged';
const tooLarge = 'payload/too-large';

suite('payloads that are made to take the program down', { concurrency: 2 }, () => {
  test('each is read or refused within its memory', async () => {
    assert.deepEqual(Object.fromEntries(await unfold('bombs')), {
      'gzip of zeros': tooLarge,
      'gzip within gzip': damaged,
      'gzip in thousands of members': 'read',
      'a tower of base64': 'payload/unknown',
      'MIME of a million parts': tooLarge,
      'MIME in MIME': tooLarge,
      'MIME with a header of quotes that never close': damaged,
      'MIME with half a million headers': 'read',
      'quoted-printable of blanks': 'read',
      'keys of a virtual machine that never end': 'payload/unknown',
      'empty lines before a Kubernetes object': 'payload/unknown',
      'thousands of YAML documents': 'read',
      'YAML that nests': damaged,
      'aliases of YAML': damaged,
      'aliases of a long text': damaged,
      'an archive of cloud-configs in itself': 'read',
      'an archive that tells sizes below zero': damaged,
      'an archive that tells more than it has': damaged,
      'an archive of thousands of empty files': tooLarge,
      'a disk whose file leads in a circle': 'payload/unknown',
      'a disk whose folder leads in a circle': damaged,
      'a disk of many files that share their content': tooLarge,
      'a disk that is all folder': tooLarge,
      'a CD whose names are everywhere': damaged,
      'a CD in a circle': damaged,
      'a script on one line': 'read',
      'a script of base64': 'read',
      'a script of keys that never end': 'read',
      'a script of tokens': 'read',
      'a million commands': damaged,
      'memory': 'bounded',
    });
  });

  test('every envelope, mutated: a review or a refusal, and nothing that moves the cursor', async () => {
    for (const [name, said] of await unfold('mutations', '40', String(seed)))
      assert.match(said, /^(?:(?:read|payload\/(?:damaged|unknown|too-large)) \d+(?:, |$))+|bounded$/, name);
  });
});

test('inspect of a bomb: exit code 3, two lines, and nothing on standard output', async (t) => {
  for (const name of ['a disk whose folder leads in a circle', 'MIME in MIME', 'gzip within gzip']) {
    const rig = createRig(t, { payload: bombs[name]?.() ?? '' });
    // All of the address space, not only what JavaScript's values take of it.
    const limited = 'ulimit -t 60 -v 4000000; exec "$0" --max-old-space-size=256 "$@"';
    const args = ['--norc', '-c', limited, process.execPath, program, 'inspect', 'payload'];
    const { exitCode, stdout, stderr } = await execute('bash', args, { cwd: rig.folder });
    assert.deepEqual(
      { exitCode, stdout, lines: stderr.split('\n').length },
      { exitCode: 3, stdout: '', lines: 3 },
      name,
    );
    assert.match(stderr, /^error: payload: .*\n {2}\S.*\n$/);
  }
});

test('inspect of names that move the cursor shows them as signs', async (t) => {
  const name = '\\e[2Jx\\r\\u202ey\\u0085';
  const rig = createRig(t, {
    payload: `#cloud-config\n"${name}": "${name}"\nwrite_files: [{ path: "/${name}", content: a }]\nruncmd: ["${name}"]\n`,
  });
  const { exitCode, stdout, stderr } = await rig.flexgen(['inspect', 'payload']);
  assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
  assert.doesNotMatch(stdout, /[^\P{Cc}\n]|[\u2028-\u202e\u2066-\u2069]/u);
  // The value of the module is YAML, with its escapes.
  assert.equal(stdout.split('␛[2Jx␍�y�').length - 1, 3);
  assert.match(stdout, /␛\[2Jx␍�y� {2}"\\e\[2Jx\\r�y\\N"\n/);
});
