import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Azure } from '../azure/server/azure.ts';
import { withHostsFile } from './services/node-names.ts';
import { rigName } from './services/pki.ts';
import { run } from './services/run.ts';

const program = resolve(import.meta.dirname, '../../dist/flexgen.js');

/** A program with its arguments and its environment. */
export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** Where the operator sits: signed in to Azure by `az`, and every name of the rig leads where it leads a machine. */
export interface Workstation {
  /** What runs the built flexgen here. */
  command(args: readonly string[]): Command;
  /** Runs the built flexgen and returns its standard output; `more` is of its environment. */
  flexgen(args: readonly string[], more?: Readonly<Record<string, string>>): Promise<string>;
}

/** `dir` takes a hosts file and serves as the operator's home. */
export async function createWorkstation(dir: string, { commandLines }: Azure): Promise<Workstation> {
  const hosts = join(dir, 'workstation-hosts');
  await writeFile(hosts, `127.0.0.1 ${rigName}\n${await readFile('/etc/hosts', 'utf8')}`);
  const env = { ...process.env, PATH: `${commandLines.dir}:${process.env['PATH'] ?? ''}`, HOME: dir };
  const commandOf = (args: readonly string[]): Command => ({
    ...withHostsFile(hosts, process.execPath, [program, ...args]),
    env,
  });
  return {
    command: commandOf,
    flexgen: (args, more = {}) => {
      const { command, args: words } = commandOf(args);
      return run(command, words, { env: { ...env, ...more } });
    },
  };
}
