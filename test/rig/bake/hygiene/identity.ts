import { lstat, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../services/run.ts';
import { findSecret } from '../../../secrets/search.ts';
import { glob } from './glob.ts';
import type { Item } from './item.ts';

const textAt = (root: string, path: string): Promise<string | null> =>
  readFile(join(root, path), 'utf8').catch(() => null);

/** Empty and there: without it, or with `uninitialized`, the next boot would be a first one and enable every unit. */
const machineId: Item = {
  name: 'an empty machine-id',
  reads: '/etc/machine-id /var/lib/dbus/machine-id',
  violations: async ({ root }) => {
    const text = await textAt(root, 'etc/machine-id');
    const dbus = await lstat(join(root, 'var/lib/dbus/machine-id')).catch(() => null);
    return [
      ...(text === null ? ['/etc/machine-id is missing'] : []),
      ...(text === null || text === '' ? [] : [`/etc/machine-id is ${text.trim()}`]),
      ...(dbus === null || dbus.isSymbolicLink() ? [] : ['/var/lib/dbus/machine-id']),
    ];
  },
};

const hostName: Item = {
  name: 'no host name',
  reads: '/etc/hostname',
  violations: async ({ root }) => {
    const name = (await textAt(root, 'etc/hostname'))?.trim();
    return name === 'localhost' ? [] : [`it is ${name}`];
  },
};

const firstPerson = 1000;

const accounts: Item = {
  name: 'no account of a person',
  reads: '/etc/passwd /etc/shadow',
  violations: async ({ root }) => {
    const rows = (text: string | null) => (text ?? '').split('\n').map((line) => line.split(':'));
    const people = rows(await textAt(root, 'etc/passwd'))
      .filter(([name, , uid]) => Number(uid) >= firstPerson && name !== 'nobody')
      .map(([name]) => `account ${name}`);
    const passwords = rows(await textAt(root, 'etc/shadow'))
      .filter(([, hash = '*']) => hash.startsWith('$') || hash === '')
      .map(([name]) => `password of ${name}`);
    return [...people, ...passwords.filter((text) => text !== 'password of ')];
  },
};

const rights: Item = {
  name: 'no right to be root',
  reads: '/etc/sudoers.d/*',
  violations: async ({ root }) => {
    const files = await glob(root, 'etc/sudoers.d/*');
    const texts = await Promise.all(files.map((file) => textAt(root, file)));
    return files
      .filter((_, index) => /^[^#\s]/m.test(texts[index] ?? ''))
      .map((file) => `/${file} gives some`);
  },
};

const traces: Item = {
  name: 'no word of the build or of a secret',
  reads: 'every file, in each encoding',
  violations: async ({ root, words }) => {
    const found: string[] = [];
    for (const word of words) {
      found.push(...(await findSecret(root, word)).map((file) => `/${file}`));
    }
    return found;
  },
};

/** How every private key begins that ssh-keygen writes without a password. */
const privateKey = 'b3BlbnNzaC1rZXktdjEAAAAABG5vbmU';

/** What was deleted stays on a disk until it is written over or trimmed. */
const deleted: Item = {
  name: 'no key and no secret among what was deleted',
  reads: 'every byte of the disk',
  violations: async ({ disk, words }) => {
    // Neither the account's name, which the file system's journal may remember, nor its public key is a secret.
    const patterns = [privateKey, ...words.slice(2)].join('\n');
    const found = await run('sh', ['-c', 'grep -aobF -f - "$1" || test $? = 1', 'sh', disk], {
      input: patterns,
    });
    return [...found.matchAll(/^(\d+):(.{12})/gm)].map(([, at, word]) => `${word}… at byte ${at}`);
  },
};

const resolver: Item = {
  name: "the resolver's own link",
  reads: '/etc/resolv.conf',
  violations: async ({ root }) => {
    const link = await readlink(join(root, 'etc/resolv.conf')).catch(() => 'no link');
    return link.endsWith('systemd/resolve/stub-resolv.conf') ? [] : [`it is ${link}`];
  },
};

/** Whose image it is: nobody's. */
export const identities: readonly Item[] = [machineId, hostName, accounts, rights, resolver, traces, deleted];
