import { SocketLines } from './socket-lines.ts';

/** Sends one command to QEMU's monitor socket and returns when QEMU has taken it. */
export async function qmp(socket: string, command: string): Promise<void> {
  const deadlineMs = 10_000;
  const lines = await SocketLines.connect(socket, deadlineMs);
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`QEMU did not answer ${command}`)), deadlineMs);
      const stop = lines.listen((line) => {
        // Two answers: to the handshake, then to the command. Events come between.
        if (line.includes('"error"')) return end(() => reject(new Error(line)));
        if (line.includes('"return"') && line.includes('"command"')) end(resolve);
      });
      const end = (then: () => void): void => {
        stop();
        clearTimeout(timer);
        then();
      };
      lines.send('{"execute": "qmp_capabilities"}');
      lines.send(JSON.stringify({ execute: command, id: 'command' }));
    });
  } finally {
    lines.close();
  }
}
