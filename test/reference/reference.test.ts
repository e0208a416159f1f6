import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { createRig, root } from '../cli/run.ts';
import { sample, sampleFiles } from '../cli/sample.ts';
import { describedCommands } from './commands.ts';
import { keySections } from './keys.ts';
import { referencePage } from './page.ts';
import { shapes } from './shapes.ts';
import { strangeIn } from './strange.ts';

const commands = describedCommands();

/** The words that a shell would give this command in an example, up to what the shell does with them. */
const wordsOf = (line: string, path: string): readonly string[] | undefined =>
  new RegExp(`\\bflexgen ${path}(?![\\w-])([^|>)&]*)`).exec(line)?.[1]?.trim().split(/\s+/);

suite('the reference', () => {
  test('has each command with an example that calls it, and with options that it has', () => {
    assert.ok(commands.length > 20);
    for (const { path, examples, flags } of commands) {
      assert.ok(examples.length > 0, `no example of ${path}`);
      for (const [line, why] of examples) {
        assert.notEqual(why, '', line);
        const words = wordsOf(line, path) ?? assert.fail(`${path}: ${line}`);
        const options = words.filter((word) => word.startsWith('--'));
        assert.deepEqual(
          options.filter((option) => !flags.has(option)),
          [],
          line,
        );
      }
    }
  });

  test('shows what each command prints that has `--json`, and of no other', () => {
    const reporting = commands.filter(({ flags }) => flags.has('--json')).map(({ path }) => path);
    assert.deepEqual(Object.keys(shapes).toSorted(), reporting.toSorted());
  });

  test('has each key once', () => {
    const keys = keySections().flatMap(([title, list]) => list.map(({ path }) => `${title}: ${path}`));
    assert.equal(new Set(keys).size, keys.length);
    for (const [, list] of keySections())
      for (const { path, takes, description } of list) {
        assert.ok(takes !== '' && !takes.includes('undefined'), path);
        assert.ok(description.length > 4, path);
      }
  });

  test('says what the help and the README say of exit codes', async (t) => {
    const codes = [...referencePage().matchAll(/^\| (\d) \| (.*) \|$/gm)].map(([, code, what]) => [
      code,
      what,
    ]);
    assert.equal(codes.length, 6);
    const { stdout } = await createRig(t).flexgen(['--help']);
    assert.ok(stdout.includes(`Exit codes: ${codes.map((pair) => pair.join(' ')).join(', ')}\n`));
    const readme = readFileSync(`${root}/README.md`, 'utf8').replaceAll(/\s+/g, ' ');
    const [, said = ''] = /Exit codes: (.*?)\. On any error/.exec(readme) ?? [];
    for (const [code] of codes) assert.match(said, new RegExp(`(?:^|, )${code} `));
  });

  test('its shapes are those that commands print which ask nobody', async (t) => {
    const rig = createRig(t, {
      ...sampleFiles,
      'flexgen.yaml': sample,
      'bad.yaml': sample.replace('auth:', 'auht:'),
      'config.json': readFileSync(`${root}/test/cli/migrate/july.json`),
      'status.json': JSON.stringify({ state: 'ready', step: 'ready', seconds: { host: 1, total: 2 } }),
    });
    await rig.flexgen(['cloud-init', '--no-setup', '--out', 'a']);
    rig.write('b', rig.read('a').replace('#cloud-config\n', '#cloud-config\nruncmd: [[echo, hello]]\n'));
    // Whatever test calls flexgen with --json holds it against the shapes: test/cli/run.ts.
    for (const args of [
      'validate --config bad.yaml',
      'preflight --offline',
      'inspect a',
      'diff a b',
      'migrate config.json',
      'timeline status.json',
    ]) {
      const { stdout } = await rig.flexgen([...args.split(' '), '--json']);
      assert.notEqual(stdout, '', args);
    }
    assert.deepEqual(strangeIn(['diff'], '[{ "hunks": "", "lines": 2 }]'), ['[].lines']);
  });
});
