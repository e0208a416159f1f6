import { chmodSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import type { NodeFile } from '../../../src/node/plan.ts';
import { execute, root, temporary } from '../../cli/run.ts';
import type { Outcome } from '../../cli/run.ts';

const templates = join(root, 'templates/node');
const library = '/usr/local/lib/flexgen';

/** The machine's own files that the scripts touch; in a copy they are below the test's folder. */
const absolute = /(?<![\w$}/.])\/(?:etc|var|run|proc(?!\/uptime)|sys\/(?:bus|fs)|usr\/local|opt)\//g;

/** The ways to get a token, each a script in the folder `token`, as no machine has them. */
const tokenSources = ['secret', 'certificate', 'federated', 'imds', 'himds'] as const;

export interface Machine {
  /** Stands for `/`. */
  readonly folder: string;
  write(path: string, content: string, mode?: number): void;
  /** The same for a file of a plan: the machine's own paths in it are below the folder too. */
  put(file: Pick<NodeFile, 'path' | 'content' | 'mode'>): void;
  read(path: string): string;
  names(path: string): readonly string[];
  /** A program of this name that comes before the machine's own; a script for bash. */
  fake(name: string, script: string): void;
  /** Runs a bash script in which `lib`, `install` or `join` stand for what those scripts define, without their steps. */
  bash(script: string, env?: Readonly<Record<string, string>>): Promise<Outcome>;
}

/** The functions of a script: what stands before its first step. */
const functionsOf = (text: string): string => text.split(/^step /m)[0] ?? '';

/** A folder that stands for a machine, with the scripts of the node in it; gone after the test. */
export function createMachine(t: TestContext): Machine {
  const folder = temporary(t);
  const at = (path: string): string => join(folder, path);
  const moved = (text: string): string => text.replace(absolute, (path) => folder + path);
  const write: Machine['write'] = (path, content, mode = 0o644) => {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), content);
    chmodSync(at(path), mode);
  };
  const copy = (path: string, text: (source: string) => string = (source) => source): void =>
    write(path, moved(text(readFileSync(templates + path, 'utf8'))), 0o755);
  for (const name of ['lib.sh', 'install', 'join']) copy(`${library}/${name}`, functionsOf);
  copy(`${library}/rsa`);
  for (const name of readdirSync(`${templates}${library}/modes`)) copy(`${library}/modes/${name}`);
  copy('/usr/local/bin/flexgen-node');
  for (const name of tokenSources) {
    const path = `/var/lib/kubelet/token/${name}.sh`;
    write(`/token/${name}.sh`, moved(readFileSync(templates + path, 'utf8')), 0o755);
  }
  write(`${library}/modes.sh`, '');
  write('/etc/flexgen/image.env', '');
  mkdirSync(at('/bin'));
  return {
    folder,
    write,
    put: ({ path, content, mode }) => write(path, moved(content), mode),
    read: (path) => readFileSync(at(path), 'utf8'),
    names: (path) => readdirSync(at(path)).toSorted(),
    fake: (name, script) => write(`/bin/${name}`, `#!/bin/bash\n${script}\n`, 0o755),
    bash: async (script, env = {}) => {
      const path = `${at('/bin')}:${process.env['PATH'] ?? ''}`;
      const sourced = script.replace(
        /^(lib|install|join|modes\/\S+)$/gm,
        (name) => `. ${at(library)}/${name === 'lib' || name.startsWith('modes/') ? `${name}.sh` : name}`,
      );
      return await execute('bash', ['--norc', '-c', sourced], { cwd: folder, env: { ...env, PATH: path } });
    },
  };
}
