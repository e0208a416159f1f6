import { mkdir, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { poll } from './console.ts';

/** Control groups of one machine, one in each hierarchy of the host. */
export interface Groups {
  /**
   * What `namespace-init.sh` mounts: `unified` for version 2 alone, or the names of version 1 hierarchies, e.g.
   * `memory name=systemd`, with `unified` among them where the host has both.
   */
  readonly hierarchies: string;
  /** The folder of the machine's group in each of them. */
  readonly folders: readonly string[];
  /** Ends with the groups; the machine must be gone. */
  remove(): Promise<void>;
}

interface Hierarchy {
  readonly name: string;
  /** Where the machine's group is made. */
  readonly parent: string;
}

/** One file per machine, named `PID-NAME` after its rig, with a line for each group: what a killed rig left. */
const records = join(tmpdir(), 'flexgen-rig-groups');

/** Makes the groups of the machine `name`, and removes those of rigs that were killed. */
export async function makeGroups(name: string): Promise<Groups> {
  await sweep();
  const all = await hierarchies();
  const id = `${process.pid}-${name}`;
  const folders = all.map(({ parent }) => join(parent, `flexgen-rig-${id}`));
  await mkdir(records, { recursive: true });
  await writeFile(join(records, id), folders.join('\n'));
  const unified = all[0]?.name === 'unified';
  for (const folder of folders) {
    await mkdir(folder, { recursive: true });
    // A new cpuset is empty, and takes no process until it has some.
    for (const file of unified ? [] : ['cpuset.cpus', 'cpuset.mems']) {
      const inherited = await readFile(join(folder, '..', file), 'utf8').catch(() => undefined);
      if (inherited !== undefined) await writeFile(join(folder, file), inherited);
    }
  }
  return {
    hierarchies: all.map((hierarchy) => hierarchy.name).join(' '),
    folders,
    remove: async () => {
      for (const folder of folders) await removeGroup(folder);
      await rm(join(records, id), { force: true });
    },
  };
}

/** Below the rig's own group in version 1; in version 2, where a group with processes may not be divided, at the top. */
async function hierarchies(): Promise<readonly Hierarchy[]> {
  const own = (await readFile('/proc/self/cgroup', 'utf8')).trimEnd().split('\n');
  const legacy = own.flatMap((line) => {
    const [, name = '', path = '/'] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    return name === '' ? [] : [{ name, path }];
  });
  if (legacy.length === 0) return [{ name: 'unified', parent: '/sys/fs/cgroup' }];
  const mounts = (await readFile('/proc/self/mounts', 'utf8')).split('\n').map((line) => line.split(' '));
  const found = legacy.flatMap(({ name, path }) => {
    const mount = mounts.find(
      ([, , type, options = '']) =>
        type === 'cgroup' && name.split(',').every((part) => options.split(',').includes(part)),
    );
    return mount?.[1] === undefined ? [] : [{ name, parent: join(mount[1], path) }];
  });
  // Without a group there, systemd would make its own at the top of the host's.
  const second = mounts.find(([, , type]) => type === 'cgroup2')?.[1];
  const path = own.find((line) => line.startsWith('0::'))?.slice('0::'.length);
  return second === undefined || path === undefined
    ? found
    : [...found, { name: 'unified', parent: join(second, path) }];
}

async function sweep(): Promise<void> {
  for (const id of await readdir(records).catch(() => [])) {
    if (isAlive(Number.parseInt(id, 10))) continue;
    const folders = (await readFile(join(records, id), 'utf8')).split('\n');
    for (const folder of folders) if (folder.includes(`/flexgen-rig-${id}`)) await removeGroup(folder);
    await rm(join(records, id), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function removeGroup(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) if (entry.isDirectory()) await removeGroup(join(folder, entry.name));
  // A group stays busy for a moment after its last process was killed.
  await poll(
    () =>
      rmdir(folder).then(
        () => true,
        (error: unknown) =>
          error instanceof Error && 'code' in error && error.code === 'ENOENT' ? true : undefined,
      ),
    { deadlineMs: 10_000 },
    () => `the control group ${folder} cannot be removed`,
  );
}
