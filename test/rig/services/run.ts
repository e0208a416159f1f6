import { spawn } from 'node:child_process';

export interface RunOptions {
  /** Goes to standard input: the place for a secret, which must not stand among the arguments. */
  readonly input?: string;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a program to its end and returns its standard output; an exit code other than 0 is an error with its words. */
export async function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  // A program that does not read its input to the end closes the pipe; its exit code says whether that was wrong.
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code === 0) return Buffer.concat(output).toString();
  const words = Buffer.concat([...errors, ...output])
    .toString()
    .trim();
  throw new Error(`${command} ${args.slice(0, 3).join(' ')}: exit code ${code}\n${words}`);
}
