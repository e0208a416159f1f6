import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { yamlDocument } from '../../../src/encode/document.ts';
import { encodeToml } from '../../../src/encode/toml.ts';
import { parseList, pythonWith, read } from '../../encode/reader.ts';
import { cacheDir } from '../../rig/services/cache.ts';
import type { Reader } from './reader.ts';
import { wellFormed } from './well-formed.ts';

/** A program that the rig, or build.ts, has built before; undefined where it has not. */
function built(folder: string, program: string): string | undefined {
  const bin = join(cacheDir(), 'bin');
  try {
    const found = readdirSync(bin).find((name) => name.startsWith(`${folder}-`) && !name.includes('.draft-'));
    return found === undefined ? undefined : join(bin, found, program);
  } catch {
    return undefined;
  }
}

const logins = `plugins."io.containerd.cri.v1.images".registry.configs`;

// containerd prints its whole config anew, and does not keep the order of a table: each has its number in it.
const passwords = `import json, sys, tomllib
logins = tomllib.load(sys.stdin.buffer)["plugins"]["io.containerd.cri.v1.images"]["registry"]["configs"]
found = {int(host.partition(" ")[0]): [host, login["auth"]["username"]] for host, login in logins.items()}
print(json.dumps([found[index] for index in range(len(found))]))`;

const containerd: Reader = {
  name: 'containerd, config dump',
  writer: 'encode/toml.ts',
  batch: 5000,
  // Both as a key of a table and as a value, as in registries.toml.
  encode: (value) =>
    `${encodeToml(` ${value}`).replace(/^(['"])/, '$1@')}.auth]\nusername = ${encodeToml(value)}`,
  read: (tokens, folder) => {
    const [program, python] = [built('runtime', 'containerd'), pythonWith('tomllib')];
    if (program === undefined || python === undefined) return undefined;
    const tables = tokens.map((token, index) => `[${logins}.${token.replace('@', () => String(index))}\n`);
    writeFileSync(`${folder}/config.toml`, `version = 3\n${tables.join('')}`);
    const dumped = read(program, ['-c', 'config.toml', 'config', 'dump'], { cwd: folder });
    return dumped === undefined
      ? undefined
      : parseList(read(python, ['-c', passwords], { input: dumped, cwd: folder }) ?? '[]').map(
          (one, index) => JSON.parse(JSON.stringify(one).replace(`["${index} `, '["')) as unknown,
        );
  },
  expected: (value) => [value, value],
};

const kubelet: Reader = {
  name: 'kubelet, its loader of configs',
  writer: 'encode/document.ts: yamlDocument',
  batch: 5000,
  encode: (value) => yamlDocument([wellFormed(value)]),
  read: (tokens, folder) => {
    // Go names it after the rig's module, by whose go.mod it is built.
    const program = built('kubelet-config', 'kubernetes');
    if (program === undefined) return undefined;
    const head = { apiVersion: 'kubelet.config.k8s.io/v1beta1', kind: 'KubeletConfiguration' };
    writeFileSync(`${folder}/config.yaml`, `${yamlDocument(head)}allowedUnsafeSysctls:\n${tokens.join('')}`);
    const output = read(program, ['config.yaml'], { cwd: folder });
    const [list] = output === undefined ? [] : parseList(output);
    return Array.isArray(list) ? (list as unknown[]) : undefined;
  },
};

/** What a node runs, built by the rig from its releases. */
export const kubernetes: readonly Reader[] = [containerd, kubelet];
