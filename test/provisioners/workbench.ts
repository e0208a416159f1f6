import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { execute, program, root, temporary } from '../cli/run.ts';
import type { Outcome } from '../cli/run.ts';

/** Where the examples are. */
export const examples = join(root, 'templates/provisioners');

/** What a provisioner's program was called with. */
export interface Call {
  readonly argv: readonly string[];
  /** The files that its arguments name, by their last name. */
  readonly files: Readonly<Record<string, string>>;
  readonly stdin: string;
}

export interface Workbench {
  readonly folder: string;
  /** Runs a program there to its end. */
  run(command: string, args: readonly string[], stdin?: string): Promise<Outcome>;
  /** Every call of a stand-in so far, in order. */
  calls(): readonly Call[];
  /** The names of what is there. */
  names(): readonly string[];
}

function callIn(folder: string): Call {
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const files = readdirSync(folder)
    .filter((name) => name.startsWith('file-'))
    .map((name) => [name.slice('file-'.length), read(name)] as const);
  return {
    argv: read('argv').split('\0').slice(0, -1),
    files: Object.fromEntries(files),
    stdin: read('stdin'),
  };
}

/** Every call of a stand-in that was told to keep them in this folder, in order. */
export const callsIn = (folder: string): readonly Call[] =>
  readdirSync(folder)
    .toSorted()
    .map((name) => callIn(join(folder, name)));

/** A folder with a starter as flexgen.yaml, `npx flexgen` that is the built one, and stand-ins for these programs. */
export function workbench(t: TestContext, programs: readonly string[]): Workbench {
  const home = temporary(t);
  const at = (...parts: readonly string[]): string => join(home, ...parts);
  for (const name of ['work', 'bin', 'calls', '.ssh']) mkdirSync(at(name));
  writeFileSync(at('.ssh/id_ed25519.pub'), 'ssh-ed25519 AAAA operator\n');
  cpSync(join(root, 'templates/config/example'), at('work/example'), { recursive: true });
  copyFileSync(join(root, 'templates/config/bootstrap-token.yaml'), at('work/flexgen.yaml'));
  // Nothing is asked here, whoever is signed in.
  const npx = `#!/bin/bash\n[[ $1 == flexgen ]] && exec '${process.execPath}' '${program}' "\${@:2}" --offline\n`;
  writeFileSync(at('bin/npx'), npx);
  chmodSync(at('bin/npx'), 0o755);
  for (const name of programs) symlinkSync(join(root, 'test/provisioners/standin.sh'), at('bin', name));
  const env = { HOME: home, CALLS: at('calls'), PATH: `${at('bin')}:${process.env['PATH'] ?? ''}` };
  return {
    folder: at('work'),
    run: async (command, args, stdin = '') => await execute(command, args, { env, stdin, cwd: at('work') }),
    calls: () => callsIn(at('calls')),
    names: () => readdirSync(at('work')).toSorted(),
  };
}
