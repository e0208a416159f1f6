import { promisify } from 'node:util';
import type { SecretRef } from '../config/spec.ts';
import { commandEnv } from './program-env.ts';
import { errorCode } from '../diagnostics/error-code.ts';
import { UnreadableFile, readText } from './text.ts';

/** What an effect may read of the world around it. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where relative paths of the config begin: the config file's folder. */
  readonly resolve: (path: string) => string;
}

export class UnusableSecret extends Error {
  readonly hint: string;
  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

/** A command may ask on the terminal (a password manager does), so it gets two minutes. */
const commandTimeout = 120_000;

/** Why a command gave nothing; what it printed may hold the secret and is left out. */
function commandProblem(error: unknown): string {
  if (errorCode(error) === 'ENOENT') return 'there is no such program';
  if (errorCode(error) === 'EACCES') return 'there is no such program, or it may not be run';
  if (!(error instanceof Error)) return 'it failed';
  if ('code' in error && typeof error.code === 'number') return `it ended with exit code ${error.code}`;
  if ('killed' in error && error.killed === true)
    return 'it was stopped after two minutes, or had printed too much';
  return 'signal' in error ? `it was ended by ${String(error.signal)}` : 'it failed';
}

async function fromCommand(argv: readonly string[], env: Surroundings['env']): Promise<string> {
  const [program = '', ...rest] = argv;
  // Loaded for a command alone: it takes longer than reading a whole config.
  const { execFile } = await import('node:child_process');
  try {
    const { stdout } = await promisify(execFile)(program, rest, {
      env: commandEnv(env),
      timeout: commandTimeout,
    });
    return stdout.replace(/\r?\n$/, '');
  } catch (error) {
    const message = `the command \`${program}\` gave no secret: ${commandProblem(error)}`;
    throw new UnusableSecret(message, 'run it by hand and see');
  }
}

async function fromFile(path: string, resolve: Surroundings['resolve']): Promise<string> {
  try {
    return await readText(resolve(path));
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    throw new UnusableSecret(`can't read the secret file ${path}: ${error.reason}`, error.hint);
  }
}

function fromEnv(name: string, env: Surroundings['env']): string {
  const value = env[name];
  if (value !== undefined) return value;
  throw new UnusableSecret(
    `the environment variable ${name} is not set`,
    `set it for this command: ${name}=… flexgen …`,
  );
}

type NamedSecret = Exclude<SecretRef, { kind: 'minted' }>;

function source(ref: NamedSecret): string {
  if (ref.kind === 'env') return `environment variable ${ref.name}`;
  return ref.kind === 'file' ? `secret file ${ref.path}` : `output of \`${ref.argv[0]}\``;
}

/**
 * A secret's value; of one that is still to be made, its placeholder. Throws UnusableSecret, never showing the value; a
 * line break in it is refused.
 */
export async function readSecret(ref: SecretRef, { env, resolve }: Surroundings): Promise<string> {
  if (ref.kind === 'minted') return ref.placeholder;
  const value =
    ref.kind === 'env'
      ? fromEnv(ref.name, env)
      : ref.kind === 'file'
        ? await fromFile(ref.path, resolve)
        : await fromCommand(ref.argv, env);
  if (value === '') throw new UnusableSecret(`the ${source(ref)} is empty`, 'put the secret there');
  if (/[\r\n]$/.test(value)) {
    throw new UnusableSecret(
      `the ${source(ref)} ends with a line break`,
      'an editor or `echo` adds one: write it with `printf %s`',
    );
  }
  // oxlint has no say here: control characters are exactly what is looked for.
  if (/\p{Cc}/u.test(value)) {
    throw new UnusableSecret(`the ${source(ref)} holds a control character`, 'a secret is one line of text');
  }
  return value;
}
