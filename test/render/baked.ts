import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { WrittenFile } from './decode.ts';

/** Files of the node by path. The owner is root's on both ways: the bake's `provision` installs no other. */
export type NodeFiles = ReadonlyMap<string, WrittenFile>;

/** Below `folder`: the path of each file, from there. */
export const pathsBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => lstatSync(join(folder, path)).isFile())
    .toSorted();

/** A folder of `flexgen packer` as Packer's machine gets it: its list, and what lies there. */
export interface Baked {
  readonly files: NodeFiles;
  /** Where the folder contradicts itself. */
  readonly flaws: readonly string[];
}

/** Reads the part of a folder of `flexgen packer` that becomes files of the node. */
export function readBaked(folder: string): Baked {
  const at = join(folder, 'bake/node');
  const rows = readFileSync(join(folder, 'bake/files.tsv'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((row) => row.split('\t'));
  const listed = new Map(rows.map(([sha256 = '', mode = '', path = '']) => [path, { sha256, mode }]));
  assert.equal(listed.size, rows.length, 'each path once');
  const files = new Map<string, WrittenFile>();
  const flaws: string[] = [];
  for (const path of pathsBelow(at).map((below) => `/${below}`)) {
    const content = readFileSync(at + path, 'utf8');
    const row = listed.get(path);
    if (row === undefined) flaws.push(`${path}: is not in files.tsv`);
    else if (createHash('sha256').update(content).digest('hex') !== row.sha256)
      flaws.push(`${path}: has not the digest of files.tsv`);
    // What `install -m` gives it.
    files.set(path, { mode: row?.mode ?? '', content });
  }
  for (const path of listed.keys()) if (!files.has(path)) flaws.push(`${path}: is in files.tsv alone`);
  return { files, flaws };
}

/** What differs between two ways to put the same files on a node, path by path, each a line. */
export function differences(baked: NodeFiles, installed: NodeFiles): readonly string[] {
  const paths = [...new Set([...baked.keys(), ...installed.keys()])].toSorted();
  return paths.flatMap((path) => {
    const [one, other] = [baked.get(path), installed.get(path)];
    if (one === undefined) return [`${path}: is installed, and not baked`];
    if (other === undefined) return [`${path}: is baked, and not installed`];
    return [
      ...(one.mode === other.mode ? [] : [`${path}: mode ${one.mode} is baked, ${other.mode} installed`]),
      ...(one.content === other.content ? [] : [`${path}: the content differs`]),
    ];
  });
}
