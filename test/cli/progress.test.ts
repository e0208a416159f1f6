import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { withProgress } from '../../src/cli/progress.ts';
import type { World } from '../../src/cli/world.ts';

function worldOf(isTerminal: boolean, env: World['env'] = {}): { world: World; written: () => string } {
  let text = '';
  const write = async (more: string) => {
    text += more;
  };
  const stdout = { isTerminal, write };
  const stdin = () => Readable.from([]);
  return { world: { env, cwd: '/', stdout, stderr: stdout, stdin }, written: () => text };
}

/** Work that ends when it is told to, with the mocked clock as far as `milliseconds`. */
async function after(milliseconds: number, tick: (ms: number) => void, world: World): Promise<string> {
  const { promise, resolve } = withResolvers();
  const done = withProgress('reading aks1 from Azure', world, () => promise);
  tick(milliseconds);
  resolve('facts');
  return done;
}

function withResolvers() {
  let resolve: (value: string) => void = () => undefined;
  const promise = new Promise<string>((given) => {
    resolve = given;
  });
  return { promise, resolve };
}

test('what takes longer than a second is said on a terminal, and removed', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval', 'Date'] });
  const tick = (ms: number) => {
    // The mocked clock jumps to the end of a tick before what is due runs.
    for (let passed = 0; passed < ms; passed += 100) t.mock.timers.tick(100);
  };
  const terminal = worldOf(true);
  assert.equal(await after(1100, tick, terminal.world), 'facts');
  assert.equal(
    terminal.written(),
    '\r⠋ reading aks1 from Azure (1 s)\r⠙ reading aks1 from Azure (1 s)\r\u001b[K',
  );
  const plain = worldOf(true, { NO_COLOR: '1' });
  await after(2000, tick, plain.world);
  assert.equal(plain.written(), '\rreading aks1 from Azure (1 s)\rreading aks1 from Azure (2 s)\r\u001b[K');
});

test('nothing is said before that, or where nobody looks', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval', 'Date'] });
  const tick = (ms: number) => {
    // The mocked clock jumps to the end of a tick before what is due runs.
    for (let passed = 0; passed < ms; passed += 100) t.mock.timers.tick(100);
  };
  for (const { world, written } of [worldOf(false), worldOf(true, { TERM: 'dumb' })]) {
    await after(5000, tick, world);
    assert.equal(written(), '');
  }
  const quick = worldOf(true);
  await after(900, tick, quick.world);
  assert.equal(quick.written(), '');
});

test('what is a part of something that is being said says nothing of its own', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval', 'Date'] });
  const terminal = worldOf(true, { NO_COLOR: '1' });
  const { promise, resolve } = withResolvers();
  const done = withProgress('outer', terminal.world, () =>
    withProgress('inner', terminal.world, () => promise),
  );
  for (let passed = 0; passed < 1000; passed += 100) t.mock.timers.tick(100);
  resolve('facts');
  assert.equal(await done, 'facts');
  assert.equal(terminal.written(), '\router (1 s)\r\u001b[K');
});
