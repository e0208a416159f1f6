import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { blocksOf, strayCommands } from './blocks.ts';
import { commands, unrun } from './case.ts';
import { commandsOf } from './commands.ts';
import { mismatches } from './known.ts';
import { play } from './play.ts';
import { difference } from './tolerance.ts';

const fence = '```';

const document = `# One

${fence}sh
# a remark
npm ci
${fence}

${fence}
a drawing
${fence}

## Two

${fence}console
$ flexgen a \\
    --b
said
$ flexgen c
${fence}

${fence}yaml
a: 1
${fence}
`;

const blocks = blocksOf('x.md', document);

test('blocks by heading, with their lines', () => {
  assert.deepEqual(
    blocks.map(({ heading, ordinal, language, line }) => [heading, ordinal, language, line]),
    [
      ['One', 1, 'sh', 4],
      ['One', 1, '', 9],
      ['Two', 1, 'console', 15],
      ['Two', 2, 'yaml', 22],
    ],
  );
  assert.throws(() => blocksOf('x.md', `${fence}sh\nnpm ci\n`), /x\.md:2: this block has no end/);
});

test('commands, with what is shown of each', () => {
  const [sh, , console_] = blocks;
  assert.ok(sh !== undefined && console_ !== undefined);
  assert.deepEqual(commandsOf(sh), [{ line: 5, text: 'npm ci', shown: null }]);
  assert.deepEqual(commandsOf(console_), [
    { line: 15, text: 'flexgen a \\\n    --b', shown: 'said\n' },
    { line: 18, text: 'flexgen c', shown: null },
  ]);
});

test('commands where no test looks are found', () => {
  const stray = `prose\n\n    flexgen render\n\n    quoted words\n\n${fence}\nnpx flexgen wait\ncli → io\n${fence}\n`;
  assert.deepEqual(strayCommands('x.md', stray), ['x.md:8: npx flexgen wait', 'x.md:3: flexgen render']);
  assert.deepEqual(strayCommands('x.md', document), []);
});

test('a block without a case, and a case without a block', () => {
  const labelled = blocks.filter(({ language }) => language !== '');
  const all = { 'x.md': { One: [commands(), commands()], Two: [commands()] } };
  assert.deepEqual(mismatches(all, labelled), [
    'x.md: Two 2, line 22, has no case in test/docs/cases',
    'x.md: One 2 is no block of the documents',
  ]);
  assert.deepEqual(mismatches({ 'x.md': { One: [commands()], Two: [commands(), unrun('')] } }, labelled), []);
});

test('what may differ and what may not', () => {
  for (const [printed, shown] of [
    ['a   b\n', 'a b\n'],
    ['made 16,062 bytes, 25 % in 12 s\n', 'made 1,024 bytes, 3 % in 47 s\n'],
    ['file  208\nother  12  x\n', 'file  9\nother  1  x\n'],
    ['a\nb\nc\nd\n', 'a\n…\nd\n'],
    ['a\nd\n', 'a\n…\nd\n'],
    ['id 3f9c-11\n', 'id 3f9c-…\n'],
  ] as const)
    assert.equal(difference(printed, shown), null, printed);
  for (const [printed, shown] of [
    ['all 5 are there\n', 'all 3 are there\n'],
    ['a\nb\n', 'a\n'],
    ['a\nc\nb\n', 'a\nb\nc\n'],
    ['a\n', 'a\n…\nb\n'],
    ['edge.yaml:27:3\n', 'edge.yaml:2:3\n'],
  ] as const)
    assert.notEqual(difference(printed, shown), null, printed);
});

suite('a document that is wrong', () => {
  const wrong: Readonly<Record<string, readonly [string, RegExp]>> = {
    'shows another output': ['$ flexgen version\n9.9.9\n', /shows something else/],
    'has a command that fails': ['$ flexgen versoin\n', /unknown command/],
    'leaves out a part of a command': ['$ flexgen version …\n', /is elided/],
    'calls what is not there': ['$ curl https://example.com\n', /curl: command not found/],
    'has no command': ['said\n', /has no command/],
  };
  for (const [name, [text, message]] of Object.entries(wrong)) {
    test(`it ${name}`, async (t) => {
      const block = { file: 'x.md', line: 1, heading: 'One', ordinal: 1, language: 'console', text };
      await assert.rejects(play(t, block, commands()), message);
    });
  }
});
