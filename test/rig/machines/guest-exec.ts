import type { ExecResult } from './machine.ts';
import type { SocketLines } from './socket-lines.ts';

/** The host's end of `guest-agent.sh`. */
export class GuestExec {
  readonly #lines: SocketLines;
  #count = 0;

  constructor(lines: SocketLines) {
    this.#lines = lines;
  }

  /**
   * Runs a bash script in the machine. A machine that still boots answers when its agent is up. `complain` words the
   * error at the deadline.
   */
  async run(script: string, deadlineMs: number, complain: () => string): Promise<ExecResult> {
    // Of one process and one count: an answer that was given up on is told from the next.
    const id = `${process.pid}-${++this.#count}`;
    return new Promise((resolve, reject) => {
      const stop = this.#lines.listen((line) => {
        // A boot leaves stray bytes before the first answer.
        const words = line.trim().split(' ');
        if (words[0] !== id) return;
        settle(() =>
          resolve({ exitCode: Number(words[1]), stdout: decode(words[2]), stderr: decode(words[3]) }),
        );
      });
      const timer = setTimeout(() => settle(() => reject(new Error(complain()))), deadlineMs);
      const settle = (then: () => void): void => {
        stop();
        clearTimeout(timer);
        then();
      };
      this.#lines.send(`${id} ${Buffer.from(script).toString('base64')}`);
    });
  }
}

function decode(word = ''): string {
  return Buffer.from(word.replace(/-$/, ''), 'base64').toString();
}
