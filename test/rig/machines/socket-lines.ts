import { createConnection } from 'node:net';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { poll } from './console.ts';

/** A unix socket that speaks in lines, such as QMP or the rig's agent. */
export class SocketLines {
  readonly #socket: Socket;
  readonly #listeners = new Set<(line: string) => void>();

  private constructor(socket: Socket) {
    this.#socket = socket;
    const lines = createInterface({ input: socket });
    // A cut machine resets its sockets, which the reader of lines tells, too; whoever waits has a deadline of its own.
    for (const emitter of [socket, lines]) emitter.on('error', () => {});
    lines.on('line', (line) => {
      for (const listener of this.#listeners) listener(line);
    });
  }

  /** Connects as soon as something listens at `path`. */
  static async connect(path: string, deadlineMs: number): Promise<SocketLines> {
    const socket = await poll(
      () => attempt(path),
      { deadlineMs },
      () => `nobody listens at ${path}`,
    );
    return new SocketLines(socket);
  }

  send(line: string): void {
    this.#socket.write(`${line}\n`);
  }

  /** Calls `listener` with every line to come until the returned function is called. */
  listen(listener: (line: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#socket.destroy();
  }
}

async function attempt(path: string): Promise<Socket | undefined> {
  const socket = createConnection(path);
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(undefined));
  });
}
