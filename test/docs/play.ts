import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { lacks } from '../encode/reader.ts';
import type { Block } from './blocks.ts';
import type { Commands } from './case.ts';
import { commandsOf, isElided } from './commands.ts';
import { makePlace, whereIs } from './place.ts';
import type { Ran } from './place.ts';
import { difference } from './tolerance.ts';

const at = ({ file }: Block, line: number): string => `${file}:${line}`;

/** Compares what was printed with what the document shows. */
function compare(where: string, { output }: Ran, shown: string): void {
  const differs = difference(output, shown);
  if (differs !== null) assert.equal(differs.printed, differs.shown, `${where} shows something else`);
}

/** The exit codes that a document may show: those of the README, but for a bug. */
const documented: ReadonlySet<number | null> = new Set([0, 2, 3, 4, 5]);

function checkEnd(where: string, { code, output }: Ran, wanted: number): void {
  assert.equal(code, wanted, `${where}\n${output}`);
  assert.ok(documented.has(code), where);
  // What is shown with a problem did not end well, and the other way round.
  assert.equal(/^error: /m.test(output) && code === 0, false, `${where}\n${output}`);
}

/** The command with what is written otherwise here. */
const writtenHere = (text: string, { instead = {} }: Commands): string =>
  Object.entries(instead).reduce((words, [from, to]) => words.replaceAll(from, to), text);

const shellOf = (text: string, { shells = {} }: Commands): string =>
  Object.entries(shells).find(([word]) => text.includes(word))?.[1] ?? 'bash';

/** Runs the commands of a block. Returns how many there were. */
export async function play(t: TestContext, block: Block, entry: Commands): Promise<number> {
  const place = makePlace(t);
  await entry.prepare?.(place, block);
  const found = commandsOf(block);
  if (entry.of !== undefined) {
    const where = at(block, block.line);
    assert.deepEqual(found, [], `${where} has commands of its own`);
    const ran = await place.run(writtenHere(entry.of, entry));
    checkEnd(where, ran, entry.codes?.[0] ?? 0);
    compare(where, ran, `…\n${block.text}…\n`);
    await entry.after?.(place);
    return 1;
  }
  assert.notEqual(found.length, 0, `${at(block, block.line)} has no command`);
  for (const [index, command] of found.entries()) {
    const where = `${at(block, command.line)}: ${command.text}`;
    if (isElided(command)) assert.doesNotMatch(command.text, /^(?:npx )?flexgen\b/, `${where} is elided`);
    const shell = shellOf(command.text, entry);
    if (whereIs(shell) === undefined) {
      lacks(t, shell);
      continue;
    }
    const ran = await place.run(writtenHere(command.text, entry), shell);
    checkEnd(where, ran, entry.codes?.[index] ?? 0);
    if (command.shown !== null) compare(where, ran, command.shown);
  }
  await entry.after?.(place);
  return found.length;
}
