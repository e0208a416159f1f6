import { isatty } from 'node:tty';
import { withhold } from '../io/program-env.ts';
import { withoutProxyLogins } from '../io/proxy-logins.ts';
import { exitCodes } from './exit-codes.ts';
import { run } from './program.ts';
import { version } from './version.ts';
import type { World } from './world.ts';

/** Standard output could not be written; the message says why. */
class OutputLost extends Error {}

const closed = 'standard output was closed before everything was written';

/** What the system says when a stream's reader is gone, or there was none. */
const closedCodes = new Set(['EPIPE', 'EBADF', 'ERR_STREAM_DESTROYED']);

async function toStdout(text: string | Uint8Array): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (error === null || error === undefined) return resolve();
      const code = 'code' in error ? String(error.code) : error.message;
      reject(new OutputLost(closedCodes.has(code) ? closed : `can't write to standard output (${code})`));
    });
  });
}

/** Where nobody reads what is wrong, the exit code still says it. */
async function toStderr(text: string | Uint8Array): Promise<void> {
  await new Promise<void>((resolve) => {
    process.stderr.write(text, () => resolve());
  });
}

// Each write reports its own failure; without a listener a stream would end the process with a stack.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const world: World = {
  env: { ...process.env },
  cwd: process.cwd(),
  stdout: { isTerminal: process.stdout.isTTY, write: toStdout },
  stderr: { isTerminal: process.stderr.isTTY, write: toStderr },
  stdin: () => process.stdin,
  asks: () => isatty(0) && process.stderr.isTTY,
};

withhold();

// Libraries say there what they do, where DEBUG or AZURE_LOG_LEVEL asks them to: by which proxy, with its password.
withoutProxyLogins(process.stderr, world.env);

// With it Node.js prints requests with their tokens, and the environment of programs; that can't be taken back here.
const debugged = Boolean(process.env['NODE_DEBUG']);

try {
  if (debugged) {
    process.exitCode = exitCodes.usage;
    await toStderr(
      'error: with NODE_DEBUG set, Node.js prints tokens and other secrets\n  leave it out; AZURE_LOG_LEVEL=verbose shows requests to Azure without their secrets\n',
    );
  } else process.exitCode = await run(process.argv.slice(2), world);
} catch (error) {
  if (error instanceof OutputLost) {
    process.exitCode = exitCodes.usage;
    await toStderr(`error: ${error.message}\n`);
  } else {
    process.exitCode = exitCodes.bug;
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    await toStderr(
      `error: this is a bug in flexgen ${version} (Node.js ${process.version}); please report it with:\n${stack}\n`,
    );
  }
}
