import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { liveLine } from '../../../src/cli/wait/live-line.ts';
import type { World } from '../../../src/cli/world.ts';

function terminal(env: World['env'], isTerminal = true): { world: World; written: () => string } {
  let text = '';
  const write = async (more: string) => {
    text += more;
  };
  const sink = { isTerminal, write };
  const stdin = () => Readable.from([]);
  return { world: { env, cwd: '/', stdout: sink, stderr: sink, stdin }, written: () => text };
}

test('a line that is drawn again and gone when something is printed', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const { world, written } = terminal({});
  const line = liveLine(world);
  t.mock.timers.tick(100);
  line.show(`(1 s) edge waits\u001b[2J ${'x'.repeat(80)}`);
  t.mock.timers.tick(100);
  await line.hide();
  await line.hide();
  await line.end();
  t.mock.timers.tick(500);
  const shown = `(1 s) edge waits␛[2J ${'x'.repeat(54)}…`;
  assert.equal(written(), `\r\u001b[K⠋ ${shown}\r\u001b[K`);
});

test('NO_COLOR leaves the spinner out, and elsewhere there is no line', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const plain = terminal({ NO_COLOR: '1' });
  const line = liveLine(plain.world);
  line.show('waits');
  t.mock.timers.tick(1000);
  await line.end();
  assert.equal(plain.written(), '\r\u001b[Kwaits\r\u001b[K');
  for (const { world, written } of [terminal({}, false), terminal({ TERM: 'dumb' })]) {
    const none = liveLine(world);
    none.show('waits');
    t.mock.timers.tick(1000);
    await none.end();
    assert.equal(written(), '');
  }
});
