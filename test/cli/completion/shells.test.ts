import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { lacks, read } from '../../encode/reader.ts';
import { createRig, execute } from '../run.ts';
import type { Outcome } from '../run.ts';

const fleet = `apiVersion: flexgen/v1
cluster:
  name: aks1
node: { name: edge-00, os: debian-13 }
nodes:
  - name: edge-01
    labels: { name: red }
  - { name: "edge-02" }
network:
  name: not-a-node
`;

const files = { 'flexgen.yaml': fleet, 'user data.yaml': '', 'build/x': '', 'burn.txt': '' };

/** What is typed before Tab, and all that is offered then. */
const cases: readonly (readonly [line: string, offers: readonly string[]])[] = [
  ['flexgen ide', ['identity']],
  ['flexgen identity ', ['apply', 'help', 'plan', 'remove', 'verify']],
  ['flexgen help ide', ['identity']],
  ['flexgen completion ', ['bash', 'fish', 'zsh']],
  ['flexgen cloud-init --o', ['--offline', '--out']],
  ['flexgen identity plan --c', ['--check', '--cloud', '--config']],
  ['flexgen cloud-init --target a', ['any', 'aws', 'azure']],
  ['flexgen cloud-init --image=g', ['golden']],
  ['flexgen render --out build --envelope gz', ['gzip', 'gzip-base64']],
  ['flexgen packer -s ', ['amazon', 'azure', 'google', 'hyperv', 'proxmox', 'qemu', 'vsphere']],
  ['flexgen cloud-init --config fl', ['flexgen.yaml']],
  ['flexgen inspect us', ['user data.yaml']],
  ['flexgen packer --out bu', ['build']],
  ['flexgen wait edge-', ['edge-00', 'edge-01', 'edge-02']],
  ['flexgen wait n', []],
];

type Ask = (line: string, script: string, cwd: string) => Promise<Outcome>;

/** Shells that say at once what they would offer. */
const shells: Readonly<Record<string, Ask>> = {
  bash: (line, script, cwd) => {
    // As readline parts it.
    const words = line.split(/ |(?==)|(?<==)/);
    const program = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _flexgen; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execute('bash', ['--norc', '-euc', program, 'bash', script, ...words], { cwd });
  },
  fish: (line, script, cwd) => {
    const program = 'source $argv[1]; complete -C $argv[2]';
    return execute('fish', ['--no-config', '-c', program, script, line], { cwd, env: { HOME: cwd } });
  },
};

/** Each once: zsh’s own functions may find a folder twice. */
const offersIn = (stdout: string): readonly string[] => [...new Set(offered(stdout))].toSorted();

const offered = (stdout: string): readonly string[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    // fish describes each behind a tab, and has the option too.
    .map((line) =>
      line
        .replace(/\t.*/, '')
        .replace(/^--\w+=/, '')
        .replace(/\/$/, '')
        .replaceAll('\\', ''),
    );

function installed(t: TestContext, shell: string): boolean {
  if (read(shell, ['-c', 'true']) !== undefined) return true;
  lacks(t, shell);
  return false;
}

suite('completion', { concurrency: 2 }, () => {
  for (const [shell, ask] of Object.entries(shells)) {
    test(`${shell} offers what can be typed`, async (t) => {
      if (!installed(t, shell)) return;
      const rig = createRig(t, files);
      const { stdout, ...ended } = await rig.flexgen(['completion', shell]);
      assert.deepEqual(ended, { exitCode: 0, stderr: '' });
      rig.write('script', stdout);
      for (const [line, offers] of cases) {
        const { stdout: seen, stderr } = await ask(line, `${rig.folder}/script`, rig.folder);
        assert.deepEqual({ line, offers: offersIn(seen), stderr }, { line, offers, stderr: '' });
      }
    });
  }

  // Its completion runs in its line editor alone: one of them at a terminal is asked for all.
  test('zsh offers what can be typed', async (t) => {
    if (!installed(t, 'zsh')) return;
    const rig = createRig(t, files);
    rig.write('script', (await rig.flexgen(['completion', 'zsh'])).stdout);
    const offers = fileURLToPath(new URL('zsh-offers', import.meta.url));
    const args = ['-f', offers, `${rig.folder}/script`, ...cases.map(([line]) => line)];
    const env = { TERM: 'dumb', HOME: rig.folder };
    const { stdout, stderr } = await execute('zsh', args, { cwd: rig.folder, env });
    const blocks = stdout.split(/^(?! )/m).map((block) => block.split('\n '));
    const seen = blocks.map(([line = '', ...rest]) => [line.trimEnd(), offersIn(rest.join('\n'))]);
    const wanted = cases.map(([line, words]) => [line.trimEnd(), words]);
    assert.deepEqual({ seen, stderr }, { seen: wanted, stderr: '' });
  });

  test('the script for bash is one that shellcheck takes', async (t) => {
    const rig = createRig(t);
    const { stdout } = await rig.flexgen(['completion', 'bash']);
    const found = read('shellcheck', ['-'], { input: stdout });
    if (found === undefined) lacks(t, 'shellcheck');
    else assert.equal(found, '');
  });

  test('a shell that is not known is wrong usage', async (t) => {
    assert.deepEqual(await createRig(t).flexgen(['completion', 'tcsh']), {
      exitCode: 2,
      stdout: '',
      stderr:
        "error: command-argument value 'tcsh' is invalid for argument 'shell'. Allowed choices are bash, zsh, fish.\n(`flexgen --help` shows the commands)\n",
    });
  });
});
