import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { program, temporary } from '../cli/run.ts';

/** How a command ended: what a terminal shows of it. */
export interface Ran {
  readonly code: number | null;
  readonly output: string;
}

/** A workspace in which the commands of one block run. */
export interface Place {
  readonly t: TestContext;
  /** Where commands start. */
  readonly folder: string;
  /** Of every command, beside PATH and HOME. */
  readonly env: Record<string, string>;
  /** What is called otherwise here than in the document: what a command prints of the one is shown as the other. */
  readonly called: [here: string, there: string][];
  write(path: string, content: string | Uint8Array, mode?: number): void;
  read(path: string): string;
  /** A program that is not flexgen's, as a script for bash. */
  standIn(name: string, script: string): void;
  /** A program of this machine's that changes nothing; false where it has none. */
  borrow(name: string): boolean;
  run(command: string, shell?: string): Promise<Ran>;
}

const realPath = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;

/** Where a program of this machine's is. */
export function whereIs(name: string): string | undefined {
  return realPath
    .split(':')
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

const quoted = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`;

const flexgen = `exec ${quoted(process.execPath)} ${quoted(program)} "$@"`;

/** No command of a document takes a tenth of it: one that would wait for ever has no exit code. */
const timeout = 120_000;

/** A workspace with nothing in it but flexgen, which no command can leave: its PATH has what a block is given. */
export function makePlace(t: TestContext): Place {
  const home = temporary(t);
  const bin = join(home, '.bin');
  const folder = join(home, 'work');
  for (const path of [bin, folder]) mkdirSync(path);
  const env: Record<string, string> = { HOME: home, LANG: 'C.UTF-8', PATH: bin };
  const write: Place['write'] = (path, content, mode = 0o644) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
    chmodSync(join(folder, path), mode);
  };
  const standIn: Place['standIn'] = (name, script) => {
    const head = `#!/bin/bash\nset -euo pipefail\nexport PATH=${quoted(`${bin}:${realPath}`)}\n`;
    write(`../.bin/${name}`, `${head}${script}\n`, 0o755);
  };
  const borrow: Place['borrow'] = (name) => {
    const path = whereIs(name);
    if (path !== undefined) symlinkSync(path, join(bin, name));
    return path !== undefined;
  };
  for (const name of ['bash', 'sh', 'cat', 'ls', 'tail']) borrow(name);
  standIn('flexgen', flexgen);
  standIn('npx', `[[ $1 == flexgen ]] || { echo "npx: no $1 here" >&2; exit 1; }\nshift\n${flexgen}`);
  const called: Place['called'] = [];
  return {
    t,
    folder,
    env,
    called,
    write,
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    standIn,
    borrow,
    async run(command, shell = 'bash') {
      const child = spawn(
        whereIs(shell) ?? shell,
        ['-c', `exec 2>&1\n${shell === 'bash' ? 'set -o pipefail\n' : ''}${command}`],
        {
          cwd: folder,
          env,
          timeout,
          killSignal: 'SIGKILL',
          stdio: ['ignore', 'pipe', 'ignore'],
        },
      );
      const ended = once(child, 'close');
      const [output] = await Promise.all([text(child.stdout), ended]);
      return {
        code: child.exitCode,
        output: called.reduce((words, [here, there]) => words.replaceAll(here, there), output),
      };
    },
  };
}
