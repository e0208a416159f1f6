import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { barText, withBar } from '../../src/cli/progress-bar.ts';
import type { World } from '../../src/cli/world.ts';

test('how far it is, how fast it goes, and how long the rest takes', () => {
  assert.equal(
    barText('rendering', 2500, 10_000, 1250),
    'rendering ██████░░░░░░░░░░░░░░░░░░ 2,500 of 10,000 (2,000/s, 4 s left)',
  );
  assert.equal(
    barText('making ready', 1, 500, 2000),
    'making ready ░░░░░░░░░░░░░░░░░░░░░░░░ 1 of 500 (0.5/s, 17 min left)',
  );
});

test('a bar on a terminal, from the first second on, and nothing of it afterwards; elsewhere nothing', async (t) => {
  t.mock.timers.enable({ apis: ['Date'] });
  for (const isTerminal of [true, false]) {
    let text = '';
    const write = async (more: string | Uint8Array): Promise<void> => void (text += String(more));
    const sink = { isTerminal, write };
    const stdin = () => Readable.from([]);
    const world: World = { env: { NO_COLOR: '1' }, cwd: '/', stdout: sink, stderr: sink, stdin };
    await withBar('rendering', 4, world, async (advance) => {
      for (let done = 0; done < 4; done++) {
        t.mock.timers.tick(600);
        await advance();
      }
    });
    const shown = [...text.matchAll(/(\d) of 4/g)].map(([, done]) => done);
    assert.deepEqual(shown, isTerminal ? ['2', '4'] : []);
    assert.equal(text.endsWith('\r\u001b[K'), isTerminal);
  }
});
