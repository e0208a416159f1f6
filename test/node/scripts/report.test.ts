import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createMachine } from './shell.ts';
import type { Machine } from './shell.ts';

const status = (machine: Machine): unknown => JSON.parse(machine.read('/var/lib/flexgen/status.json'));

suite('the status and the verdicts', { concurrency: 2 }, () => {
  test('steps are told as they end, and the status says where it is', async (t) => {
    const machine = createMachine(t);
    const { stdout, exitCode } = await machine.bash('lib\nstep host 10\nstep packages 15\necho "$times"');
    assert.equal(exitCode, 0);
    assert.equal(stdout, 'flexgen: host done (0 s)\n host 0\n');
    assert.deepEqual(status(machine), {
      state: 'running',
      step: 'packages',
      reason: '',
      remedy: '',
      code: 0,
      seconds: { host: 0 },
    });
  });

  test('seconds are rounded', async (t) => {
    const machine = createMachine(t);
    const script = 'lib\nup() { echo 10040; }\nsince 9890; since 9891; since 10040';
    assert.equal((await machine.bash(script)).stdout, '2\n1\n0\n');
  });

  test('a failure is a line on the console, the status and the exit code', async (t) => {
    const machine = createMachine(t);
    const outcome = await machine.bash(
      "lib\nstep host 10\nfail 11 'this is debian-12' 'set node.os'\necho never",
    );
    assert.deepEqual(outcome, {
      exitCode: 11,
      stdout: 'flexgen: FAILED at host (11): this is debian-12 — set node.os\n',
      stderr: '',
    });
    assert.deepEqual(status(machine), {
      state: 'failed',
      step: 'host',
      reason: 'this is debian-12',
      remedy: 'set node.os',
      code: 11,
      seconds: {},
    });
  });

  test('a disk that takes nothing keeps no verdict back', async (t) => {
    const machine = createMachine(t);
    // Where the status is written first.
    machine.write('/var/lib/flexgen/new/in-the-way', '');
    machine.fake('stat', 'case $* in *flexgen) echo "0*4096" ;; *) echo "99999*4096" ;; esac');
    const { exitCode, stdout, stderr } = await machine.bash(
      'lib\nstep artifacts 20\nfail 23 "kubelet: can’t be put there"',
    );
    const reason = `kubelet: can’t be put there; ${machine.folder}/var/lib/flexgen is full`;
    assert.deepEqual([exitCode, stderr], [23, '']);
    assert.equal(stdout, `flexgen: FAILED at artifacts (23): ${reason} — run \`flexgen-node logs\`\n`);
    assert.deepEqual(machine.names('/var/lib/flexgen'), ['cache', 'new']);
    const shown = async (): Promise<unknown> =>
      JSON.parse((await machine.bash('usr/local/bin/flexgen-node status --json')).stdout);
    assert.deepEqual(await shown(), {
      state: 'failed',
      step: 'artifacts',
      reason,
      remedy: 'run `flexgen-node logs`',
      code: 23,
      seconds: {},
    });
    await machine.bash('rm -r var/lib/flexgen/new\nlib\nstep host 10');
    assert.deepEqual(await shown(), status(machine));
    assert.equal((status(machine) as { state: string }).state, 'running');
  });

  test('a disk that is read-only from the start is a verdict too', async (t) => {
    const machine = createMachine(t);
    machine.fake('install', '[[ $* != *flexgen/cache ]] || exit 1; exec /usr/bin/install "$@"');
    const { exitCode, stdout } = await machine.bash('mkdir -p run/flexgen\nlib\necho never');
    assert.equal(exitCode, 1);
    assert.match(
      stdout,
      /^flexgen: FAILED at host \(1\): exit 1 in lib\.sh line \d+: install .* — [^\n]*\n$/,
    );
    assert.match(machine.read('/run/flexgen/status.json'), /"state":"failed","step":"host"/);
  });

  for (const [seconds, said] of [
    [86_400, '; the clock is off by 86400 s'],
    [-86_400, '; the clock is off by -86400 s'],
    [-200, ''],
  ] as const) {
    test(`a clock that differs from the API server’s by ${seconds} s`, async (t) => {
      const machine = createMachine(t);
      machine.write('/etc/flexgen/node.env', 'SERVER=https://aks1.example:443\n');
      machine.fake(
        'curl',
        String.raw`printf '%s\n' "$@" >argv; printf 'HTTP/2 403 \r\ndate: Thu, 01 Jan 2026 00:00:00 GMT\r\n\r\n'`,
      );
      const now = 1_767_225_600 + seconds;
      const { stdout } = await machine.bash(
        `lib\nunset EPOCHSECONDS; EPOCHSECONDS=${now}\nstep host 10\nfail 42 refused`,
      );
      assert.equal(stdout, `flexgen: FAILED at host (42): refused${said} — run \`flexgen-node logs\`\n`);
      assert.equal(machine.read('/argv'), '-skIm5\nhttps://aks1.example:443\n');
    });
  }

  for (const [signal, result, said] of [
    ['TERM', 'success', 'killed by SIGTERM'],
    ['KILL', 'signal', 'killed by SIGKILL'],
    ['KILL', 'oom-kill', 'out of memory'],
  ] as const) {
    test(`what ended the join without a word: ${result}, ${signal}`, async (t) => {
      const machine = createMachine(t);
      await machine.bash('lib\nstep artifacts 20');
      const env = { EXIT_CODE: 'killed', EXIT_STATUS: signal, SERVICE_RESULT: result };
      const { exitCode, stdout } = await machine.bash('lib\necho never', env);
      assert.equal(exitCode, 9);
      assert.equal(stdout, `flexgen: FAILED at artifacts (9): ${said} — run \`flexgen-node logs\`\n`);
      const { state, step, code } = status(machine) as Record<string, unknown>;
      assert.deepEqual([state, step, code], ['failed', 'artifacts', 9]);
    });
  }

  for (const [code, result] of [
    ['0', 'success'],
    ['21', 'exit-code'],
  ] as const) {
    test(`what has had its own last word keeps it: exit ${code}`, async (t) => {
      const machine = createMachine(t);
      await machine.bash("lib\nstep artifacts 20\nfail 21 'kubelet: another file'");
      const before = status(machine);
      const env = { EXIT_CODE: 'exited', EXIT_STATUS: code, SERVICE_RESULT: result };
      const outcome = await machine.bash('lib\necho never', env);
      assert.deepEqual(outcome, { exitCode: 0, stdout: '', stderr: '' });
      assert.deepEqual(status(machine), before);
    });
  }

  test('while it is tried again, the status says why it has to be', async (t) => {
    const machine = createMachine(t);
    await machine.bash("lib\nstep host 10\nfail 11 'this is debian-12' 'set node.os'");
    await machine.bash('lib\nstep packages 15');
    assert.deepEqual(status(machine), {
      state: 'running',
      step: 'packages',
      reason: 'this is debian-12',
      remedy: '',
      code: 0,
      seconds: {},
    });
    await machine.bash('lib\nstep packages 15\nreport ready');
    assert.equal((status(machine) as { reason: string }).reason, '');
  });

  test('what nobody foresaw is a failure with the code of its step', async (t) => {
    const machine = createMachine(t);
    const { exitCode, stdout } = await machine.bash(
      'lib\nstep runtime 30\nf() { grep -q a /dev/null; }\nf\necho never',
    );
    assert.equal(exitCode, 30);
    assert.equal(
      stdout,
      'flexgen: FAILED at runtime (30): exit 1 in environment line 3: grep -q a /dev/null — run `flexgen-node logs`\n',
    );
  });

  test('an unset variable ends it', async (t) => {
    const { exitCode, stdout } = await createMachine(t).bash('lib\necho "$nothing"\necho never');
    assert.deepEqual({ exitCode, stdout }, { exitCode: 1, stdout: '' });
  });

  for (const [name, reason] of [
    ['quotes', `a "b" 'c'`],
    ['a backslash', 'a\\nb\\'],
    ['line breaks', 'a\nb\r\nc'],
    ['other controls', 'a\tb\u0001c\u001b[31md\u007fe'],
    ['directives of printf', '%s %d %n %% %'],
    ['an expansion', '$(touch /tmp/x) `id` ${x}'],
    ['other letters', 'größer 日本 😀'],
  ] as const) {
    test(`the status is JSON whatever the reason: ${name}`, async (t) => {
      const machine = createMachine(t);
      machine.write('reason', reason);
      const { stdout, stderr, exitCode } = await machine.bash(
        'lib\nstep host 10\nfail 11 "$(<reason)" "$(<reason)"',
      );
      assert.deepEqual({ exitCode, stderr }, { exitCode: 11, stderr: '' });
      const shown = reason.replace(/[\p{Cc}"\\]/gu, ' ');
      const { reason: got, remedy } = status(machine) as Record<string, string>;
      assert.deepEqual([got, remedy], [shown, shown]);
      // One line, whatever the reason.
      assert.match(stdout, /^flexgen: FAILED at host \(11\): [^\n]*\n$/);
    });
  }

  test('the node is called as the config or the machine says, in lower case', async (t) => {
    const machine = createMachine(t);
    machine.fake('hostname', 'echo EDGE-7.example');
    assert.equal((await machine.bash('lib\necho "$node"')).stdout, 'edge-7.example\n');
    machine.write('/etc/flexgen/node.env', 'NODE_NAME=edge-01\nMAX_PODS=30\n');
    assert.equal(
      (await machine.bash('lib\necho "$node $MAX_PODS"; env | grep -c ^MAX_PODS=')).stdout,
      'edge-01 30\n1\n',
    );
  });
});
