import { writeFileSync } from 'node:fs';
import { encodeEnv } from '../../../src/encode/env.ts';
import { encodeSh } from '../../../src/encode/sh.ts';
import { read } from '../../encode/reader.ts';
import type { Reader } from './reader.ts';

const batch = 5000;

const run = (shell: string, script: string, folder: string): readonly string[] | undefined => {
  writeFileSync(`${folder}/script`, script);
  return read(shell, ['script'], { cwd: folder })?.split('\0').slice(0, -1);
};

const words = (shell: string): Reader => ({
  name: `${shell}, a word`,
  writer: 'encode/sh.ts',
  batch,
  encode: encodeSh,
  read: (tokens, folder) => run(shell, tokens.map((token) => `printf '%s\\0' ${token}\n`).join(''), folder),
});

/** As lib.sh does it with /etc/flexgen. */
const sourced = (shell: string): Reader => ({
  name: `${shell}, a sourced file`,
  writer: 'encode/env.ts',
  batch,
  encode: encodeEnv,
  read: (tokens, folder) => {
    writeFileSync(`${folder}/node.env`, tokens.map((token, index) => `V${index}=${token}\n`).join(''));
    const print = tokens.map((_, index) => `printf '%s\\0' "$V${index}"\n`).join('');
    return run(shell, `set -a\n. ./node.env\nset +a\n${print}`, folder);
  },
});

export const shells: readonly Reader[] = [words('bash'), words('dash'), sourced('bash'), sourced('dash')];
