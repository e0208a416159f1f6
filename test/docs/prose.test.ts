import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blocksOf } from './blocks.ts';
import { documentText, guides } from './documents.ts';
import { runHere } from './here.ts';

/** What stands in backticks in a text. */
const codes = (text: string): readonly string[] =>
  Array.from(text.matchAll(/`([^`]+)`/g), ([, code = '']) => code);

const optionsIn = (text: string): readonly string[] => text.match(/(?<![\w-])--[a-z][a-z-]*/g) ?? [];

/** A document without its blocks. */
function proseOf(file: string): string {
  const whole = documentText(file);
  return blocksOf(file, whole)
    .reduce((text, block) => text.replace(block.text, ''), whole)
    .replaceAll(/^```.*\n/gm, '');
}

const prose = guides.map(proseOf).join('\n');

const helps = new Map<string, Promise<string>>();

/** What `flexgen VERB --help` says; empty where there is no such command. */
function helpOf(verb: string): Promise<string> {
  const help =
    helps.get(verb) ??
    runHere([...verb.split(' '), '--help'], { env: {}, cwd: '/' }).then(({ code, output }) =>
      code === 0 && output.startsWith(`Usage: flexgen ${verb} `) ? output : '',
    );
  helps.set(verb, help);
  return help;
}

/** Whether the help knows all the options; what it does not. */
const unknownIn = (help: string, options: readonly string[]): readonly string[] =>
  options.filter((option) => !new RegExp(`${option}(?![\\w-])`).test(help));

/** The commands that the words behind `flexgen` begin with: `identity plan`. */
async function verbOf(words: string): Promise<string> {
  const [first = '', second = ''] = words.split(' ');
  const both = `${first} ${second}`;
  return /^[a-z]+$/.test(second) && (await helpOf(both)) !== '' ? both : first;
}

test('each command in the guides’ prose is one, with its options', async () => {
  const wrong: string[] = [];
  let seen = 0;
  for (const code of codes(prose)) {
    const words = /^(?:npx )?flexgen (?<words>[a-z].*)$/s.exec(code)?.groups?.['words'];
    if (words === undefined) continue;
    seen += 1;
    const help = await helpOf(await verbOf(words.replaceAll('\n', ' ')));
    if (help === '' || unknownIn(help, optionsIn(words)).length > 0) wrong.push(code);
  }
  assert.deepEqual(wrong, []);
  assert.ok(seen > 30, `${seen} commands`);
});

/** The rows of the README's table of commands: the commands, and what is said of them. */
const rows = Array.from(prose.matchAll(/^\| (`flexgen .*?) +\| (.*) \|$/gm), ([, names = '', does = '']) => {
  const [first = '', ...more] = codes(names).map((code) => code.replace(/^flexgen /, ''));
  const [verb = '', sub = ''] = first.split(' ');
  const verbs =
    /^[a-z]/.test(sub) && more.length > 0 ? [sub, ...more].map((one) => `${verb} ${one}`) : [verb];
  return { verbs, does };
});

test('the table of commands has each command, and options that it has', async () => {
  const { output } = await runHere(['--help'], { env: {}, cwd: '/' });
  const [, listed = ''] = /\nCommands:\n([^]*?)\n\n/.exec(output) ?? [];
  const commands = Array.from(listed.matchAll(/^ {2}([a-z-]+)/gm), ([, name = '']) => name);
  const described = new Set(rows.flatMap(({ verbs }) => verbs.map((verb) => verb.split(' ')[0])));
  assert.deepEqual(
    commands.filter((name) => !described.has(name)),
    ['version', 'help'],
  );
  for (const { verbs, does } of rows) {
    // `completion bash` is a command with an argument.
    const all = await Promise.all(verbs.map(async (verb) => await helpOf(await verbOf(verb))));
    for (const [index, help] of all.entries()) assert.notEqual(help, '', `there is no ${verbs[index]}`);
    // `cloud-init --image golden` in a row is another's.
    const own = codes(does).filter((code) => !commands.includes(code.split(' ')[0] ?? ''));
    assert.deepEqual(unknownIn(all.join('\n'), own.flatMap(optionsIn)), [], verbs.join());
  }
});

test('each option in the guides’ prose is one of flexgen’s, or known as another program’s', async () => {
  const all = (await Promise.all(rows.flatMap(({ verbs }) => verbs).map(helpOf))).join('\n');
  const others = new Set(
    '--user-data --user --group --write --yes --reboot --long --reinstall --preserve-digests --query --append --force-local-only --cloud-provider'.split(
      ' ',
    ),
  );
  const found = codes(prose).flatMap((code) => optionsIn(code));
  assert.deepEqual(
    unknownIn(all, [...new Set(found)]).filter((option) => !others.has(option)),
    [],
  );
});
