import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { strangeIn } from '../reference/strange.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The program as it ships: `npm test` builds it first. */
export const program = join(root, 'dist/flexgen.js');

/** Everything that a process says. */
export interface Outcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Options {
  /** All of the environment but PATH. */
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Relative to the rig's folder; default the folder itself. */
  readonly cwd?: string;
  /** The user and group to run as; it takes root. */
  readonly id?: number;
}

/** No program here takes a tenth of it: one that would wait for ever ends without an exit code. */
const timeout = 180_000;

/** Runs a program to its end. */
export async function execute(
  command: string,
  args: readonly string[],
  { env = {}, stdin = '', cwd, id }: Options,
): Promise<Outcome> {
  const child = spawn(command, args, {
    env: { PATH: process.env['PATH'], ...env },
    timeout,
    killSignal: 'SIGKILL',
    ...(cwd === undefined ? {} : { cwd }),
    ...(id === undefined ? {} : { uid: id, gid: id }),
  });
  const ended = once(child, 'close');
  // A program that ends without having read its input closes the pipe: no matter here.
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (args[0] === program && args.includes('--json') && stdout !== '')
    assert.deepEqual(strangeIn(args.slice(1), stdout), [], 'generated/reference.md shows no such key');
  return { exitCode: child.exitCode, stdout, stderr };
}

/** A folder of its own that is gone after the test, and flexgen as a process in it. */
export interface Rig {
  readonly folder: string;
  write(path: string, content: string | Uint8Array, mode?: number): void;
  read(path: string): string;
  mode(path: string): string;
  /** Each file with its content. */
  files(): Readonly<Record<string, string>>;
  flexgen(args: readonly string[], options?: Options): Promise<Outcome>;
}

/** Where the temporary files of a test are: gone when it ends. */
export function temporary(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'flexgen-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** `files` by their path in the folder. */
export function createRig(t: TestContext, files: Readonly<Record<string, string | Uint8Array>> = {}): Rig {
  const folder = temporary(t);
  const at = (path: string): string => join(folder, path);
  const write: Rig['write'] = (path, content, mode = 0o644) => {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), content, { mode });
  };
  for (const [path, content] of Object.entries(files)) write(path, content);
  const listed = (): string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => lstatSync(at(path)).isFile())
      .toSorted();
  return {
    folder,
    write,
    read: (path) => readFileSync(at(path), 'utf8'),
    mode: (path) => (lstatSync(at(path)).mode & 0o7777).toString(8),
    files: () => Object.fromEntries(listed().map((path) => [path, readFileSync(at(path), 'latin1')])),
    flexgen: async (args, options = {}) =>
      await execute(process.execPath, [program, ...args], { ...options, cwd: at(options.cwd ?? '.') }),
  };
}
