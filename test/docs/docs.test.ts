import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { strayCommands } from './blocks.ts';
import type { Case } from './case.ts';
import { cases } from './cases/index.ts';
import { validateConfigs } from './configs.ts';
import { allBlocks, documentText, documents } from './documents.ts';
import { caseOf, mismatches } from './known.ts';
import { play } from './play.ts';
import { checkWords } from './said.ts';

const blocks = allBlocks();

/** How many of each there were. */
const done: Record<Case['kind'], number> = { commands: 0, config: 0, words: 0, unrun: 0 };

const count = (kind: Case['kind'], more: number): void => void (done[kind] += more);

test('every block of the documents is known, and no other', () => {
  assert.deepEqual(mismatches(cases, blocks), []);
});

test('no command stands where no test looks', () => {
  assert.deepEqual(
    documents().flatMap((file) => strayCommands(file, documentText(file))),
    [],
  );
});

suite('the documents’ blocks', { concurrency: 2 }, () => {
  for (const block of blocks) {
    const { file, line, heading, ordinal } = block;
    const entry = caseOf(cases, block);
    if (entry === undefined) continue;
    test(`${file}:${line} ${heading} ${ordinal}`, async (t) => {
      switch (entry.kind) {
        case 'commands':
          return count('commands', await play(t, block, entry));
        case 'config':
          return count('config', await validateConfigs(t, block, entry));
        case 'words':
          return count('words', checkWords(block, entry));
        case 'unrun':
          t.diagnostic(entry.why);
          return count('unrun', 1);
      }
    });
  }
});

test('what was run', (t) => {
  const { commands, config, words, unrun } = done;
  t.diagnostic(
    `${blocks.length} blocks: ${commands} commands run, ${config} configs validated, ${words} words of machines held against their scripts, ${unrun} not run`,
  );
  // A block that is skipped, or a parser that finds none, would be no failure of any test above.
  assert.ok(commands > blocks.length && config > 20 && unrun < 3);
});
