import { exitCodes } from './exit-codes.ts';
import { run } from './program.ts';
import type { Sink } from './world.ts';

/** What the system says when a stream's reader is gone, or there was none. */
const closed = new Set(['EPIPE', 'EBADF', 'ERR_STREAM_DESTROYED']);

class ClosedSink extends Error {}

function sink(stream: NodeJS.WriteStream): Sink {
  // Each write reports its own failure; without a listener the stream would end the process with a stack.
  stream.on('error', () => undefined);
  return {
    isTerminal: stream.isTTY,
    write: async (text) =>
      await new Promise((resolve, reject) => {
        stream.write(text, (error) => {
          if (error === null || error === undefined) resolve();
          else if ('code' in error && closed.has(String(error.code))) reject(new ClosedSink());
          else reject(error);
        });
      }),
  };
}

const world = {
  env: process.env,
  cwd: process.cwd(),
  stdout: sink(process.stdout),
  stderr: sink(process.stderr),
};

try {
  process.exitCode = await run(process.argv.slice(2), world);
} catch (error) {
  if (error instanceof ClosedSink) {
    process.exitCode = exitCodes.usage;
    process.stderr.write('error: standard output was closed before everything was written\n');
  } else {
    process.exitCode = exitCodes.bug;
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(
      `error: this is a bug in flexgen ${process.version}; please report it with:\n${stack}\n`,
    );
  }
}
