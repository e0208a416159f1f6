import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { listen, ownPort } from './own-port.ts';

/**
 * What becomes of a new connection: to the service itself, to another one, nowhere (nothing listens), or nothing at all
 * is said.
 */
export type Lead = 'through' | 'refused' | 'silent' | { readonly port: number };

/** Stands before a service, for one machine alone. */
export interface Front extends AsyncDisposable {
  readonly port: number;
  /** From now on, and every connection that there is ends. */
  turn(lead: Lead): Promise<void>;
  /** Turns as soon as so many connections have ended. */
  turnAfter(connections: number, lead: Lead): Promise<void>;
}

/** Both directions until either ends. */
function join(client: Socket, port: number): void {
  const upstream = connect(port, '127.0.0.1');
  for (const [from, to] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
    from.pipe(to);
  }
}

/** Starts one before the service at this port of the host. */
export async function startFront(service: number): Promise<Front> {
  let lead: Lead = 'through';
  let ended = 0;
  const clients = new Set<Socket>();
  const waiting: { readonly connections: number; readonly turned: () => void }[] = [];
  const server = createServer((client) => {
    clients.add(client);
    client.on('error', () => client.destroy());
    client.once('close', () => {
      clients.delete(client);
      ended++;
      for (const { connections, turned } of waiting) if (ended === connections) turned();
    });
    if (lead === 'silent') client.resume();
    else join(client, typeof lead === 'object' ? lead.port : service);
  });
  const port = await ownPort(server);
  const close = async (): Promise<void> => {
    const closed = new Promise((resolve) => {
      server.close(resolve);
    });
    for (const client of clients) client.resetAndDestroy();
    await closed;
  };
  const turn = async (to: Lead): Promise<void> => {
    const before = lead;
    lead = to;
    if (to === 'refused') {
      if (before !== 'refused') await close();
      return;
    }
    for (const client of clients) client.resetAndDestroy();
    if (before === 'refused' && !(await listen(server, port))) throw new Error(`port ${port} is taken`);
  };
  return {
    port,
    turn,
    turnAfter: (connections, to) =>
      new Promise((resolve, reject) => {
        waiting.push({ connections, turned: () => void turn(to).then(resolve, reject) });
      }),
    [Symbol.asyncDispose]: async () => {
      if (lead !== 'refused') await close();
    },
  };
}
