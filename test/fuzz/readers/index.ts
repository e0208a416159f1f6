import { json } from './json.ts';
import { kubernetes } from './kubernetes.ts';
import { packer } from './packer.ts';
import { pythons } from './python.ts';
import type { Reader } from './reader.ts';
import { shells } from './shells.ts';
import { systemd } from './systemd.ts';

/** Every program that reads what we write. */
export const readers: readonly Reader[] = [
  ...shells,
  ...systemd,
  ...pythons,
  ...json,
  ...packer,
  ...kubernetes,
];
