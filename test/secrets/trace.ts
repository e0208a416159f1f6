import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** A program that was started: what it was told. */
export interface Started {
  readonly argv: readonly string[];
  readonly env: readonly string[];
}

/** A file that was written, also one that is there no more. */
export interface Written {
  /** Where it was put in the end. */
  readonly path: string;
  /** As it was made; undefined where it was there before. */
  readonly mode: number | undefined;
  readonly content: Buffer;
}

/** What a program and all that it started did, as the kernel saw it. */
export interface Trace {
  /** The first is the program itself. */
  readonly started: readonly Started[];
  readonly written: readonly Written[];
}

/**
 * strace's arguments: every call that starts a program or changes a file, each string as a whole and in hex. Calls that
 * write past the ones that are read here are among them, to be refused.
 */
export function straceArguments(output: string, calls: readonly string[] = fileCalls): readonly string[] {
  const traced = [...startCalls, ...calls].join(',');
  const whole = ['-v', '-xx', '-s', '1000000'];
  return [
    '-f',
    '--seccomp-bpf',
    '-y',
    ...whole,
    '-e',
    `trace=${traced}`,
    '-e',
    'signal=none',
    '-A',
    '-o',
    output,
  ];
}

const startCalls = ['execve', 'execveat'];
const readCalls = [
  'openat',
  'open',
  'creat',
  'write',
  'writev',
  'pwrite64',
  'rename',
  'renameat',
  'renameat2',
];
/** Ways to write a file that nothing here takes. */
const strangeCalls = [
  'io_uring_setup',
  'pwritev',
  'pwritev2',
  'copy_file_range',
  'sendfile',
  'splice',
  'vmsplice',
];
const fileCalls = [...readCalls, 'linkat', 'link', ...strangeCalls];

const bytesOf = (hex: string): Buffer => Buffer.from(hex.replaceAll(String.raw`\x`, ''), 'hex');
const textOf = (hex: string): string => bytesOf(hex).toString();

const string = /"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?/g;

/** The strings of a part of a line. */
function stringsIn(part: string): string[] {
  return Array.from(part.matchAll(string), ([, hex = '', cut]) => {
    if (cut !== undefined) throw new Error('strace has cut a string off');
    return hex;
  });
}

/** `execve("PATH", [ARGV], [ENV])`; strings are in hex, so that a bracket is one of strace's. */
function startedIn(rest: string): Started {
  const [argv = '', env = ''] = Array.from(rest.matchAll(/\[([^\]]*)\]/g), ([, list = '']) => list);
  return { argv: stringsIn(argv).map(textOf), env: stringsIn(env).map(textOf) };
}

const fdPath = /^\d+<((?:\\x[0-9a-f]{2})*)>/;

interface Writing {
  path: string;
  readonly mode: number | undefined;
  readonly pieces: Buffer[];
}

/** The files of a program, each where it was put in the end; `open` ones are those that have their name still. */
class Files {
  readonly #all: Writing[] = [];
  readonly #modes = new Map<string, number>();

  made(path: string, mode: number): void {
    this.#modes.set(path, mode);
  }

  write(path: string, pieces: readonly Buffer[]): void {
    let file = this.#all.findLast((it) => it.path === path);
    if (file === undefined) {
      file = { path, mode: this.#modes.get(path), pieces: [] };
      this.#all.push(file);
    }
    file.pieces.push(...pieces);
  }

  /** A file, or a folder with all that is in it. */
  move(from: string, to: string): void {
    for (const file of this.#all) {
      if (file.path === from || file.path.startsWith(`${from}/`))
        file.path = to + file.path.slice(from.length);
    }
  }

  written(): readonly Written[] {
    return this.#all.map(({ path, mode, pieces }) => ({ path, mode, content: Buffer.concat(pieces) }));
  }
}

const isFile = (path: string): boolean => path.startsWith('/') && !path.startsWith('/dev/');

/** Reads what strace has written of a program that was started in `cwd`. */
export function readTrace(file: string, cwd: string): Trace {
  const pathOf = (hex: string): string => resolve(cwd, textOf(hex));
  const started: Started[] = [];
  const files = new Files();
  for (const line of readFileSync(file, 'latin1').split('\n')) {
    const [, call = '', rest = ''] = /^\d+ +(\w+)\((.*)/.exec(line) ?? [];
    if (strangeCalls.includes(call)) throw new Error(`a file may have been written by ${call}`);
    if (startCalls.includes(call)) started.push(startedIn(rest));
    if (call === 'openat' || call === 'open' || call === 'creat') {
      const [path = ''] = stringsIn(rest).map(pathOf);
      const [, mode] = /(?:O_CREAT|creat)[^,]*, (0[0-7]+)/.exec(`${call} ${rest}`) ?? [];
      if (mode !== undefined) files.made(path, Number.parseInt(mode, 8));
    }
    if (call.startsWith('rename') || call.startsWith('link')) {
      const [from = '', to = ''] = stringsIn(rest).map(pathOf);
      files.move(from, to);
    }
    if (call.includes('write')) {
      const path = textOf(fdPath.exec(rest)?.[1] ?? '');
      if (isFile(path)) files.write(path, stringsIn(rest.replace(fdPath, '')).map(bytesOf));
    }
  }
  return { started, written: files.written() };
}
