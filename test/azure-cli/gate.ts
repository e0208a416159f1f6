import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';

/** A door to a server that stays shut until so many connections stand before it. */
export interface Gate {
  readonly port: number;
  stop(): Promise<void>;
}

/** Connections to the gate reach `port` once there are `count` of them; those that come later pass at once. */
export async function startGate(port: number, count: number): Promise<Gate> {
  const waiting: Socket[] = [];
  const all: Socket[] = [];
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    waiting.push(socket);
    all.push(socket);
    if (all.length < count) return;
    for (const one of waiting.splice(0)) {
      const target = connect(port, '127.0.0.1');
      one.on('error', () => target.destroy());
      target.on('error', () => one.destroy());
      one.pipe(target).pipe(one);
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the gate has no port');
  return {
    port: address.port,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of all) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
