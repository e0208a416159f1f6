import type { Server } from 'node:net';

/** Below the ports that the kernel gives away, so that one that nothing listens on stays whose it was. */
const lowest = 20_000;
const highest = 32_000;
let next = lowest + ((process.pid * 97) % (highest - lowest));

/** Whether the port was free. */
export async function listen(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    };
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', fail);
      resolve(true);
    });
  });
}

/** Listens on a port of the loopback that no other server here was given, and returns it. */
export async function ownPort(server: Server): Promise<number> {
  for (;;) {
    next = next < highest ? next + 1 : lowest;
    const port = next;
    if (await listen(server, port)) return port;
  }
}
