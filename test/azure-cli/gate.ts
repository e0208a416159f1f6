import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import type { TestContext } from 'node:test';

/**
 * A door to a server that stays shut until so many connections stand before it; those that come later pass at once. Gives
 * the door's port; it ends with the test.
 */
export async function startGate(t: TestContext, port: number, count: number): Promise<number> {
  const waiting: Socket[] = [];
  const all: Socket[] = [];
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    waiting.push(socket);
    all.push(socket);
    if (all.length < count) return;
    for (const one of waiting.splice(0)) {
      const target = connect(port, '127.0.0.1');
      one.on('error', () => {}).on('close', () => target.destroy());
      target.on('error', () => one.destroy());
      one.pipe(target).pipe(one);
    }
  }).unref();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the gate has no port');
  t.after(() => {
    for (const socket of all) socket.destroy();
    server.close();
  });
  return address.port;
}
