import { join } from 'node:path';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok, refused } from '../../diagnostics/diagnostic.ts';
import { createState, readState, removeState, stateFolder } from '../../io/state.ts';
import { UnreadableFile } from '../../io/text.ts';
import { UnwritableFile } from '../../io/write.ts';
import { formatMachineKey, parseMachineKey } from './machine-key.ts';
import type { MachineKey } from './machine-key.ts';

/** The place of one machine's key in the state folder. */
export interface KeyStore {
  /** As messages call it: `.flexgen/arc/…`. */
  readonly path: string;
  /** The key, or null where there is none yet. */
  read(): Promise<Result<MachineKey | null>>;
  /** Keeps a key, or returns the one that another run has kept in the meantime. */
  keep(key: MachineKey): Promise<Result<MachineKey>>;
  remove(): Promise<Result<null>>;
}

interface MachineName {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

const problem = (message: string, hint: string) => refused({ code: 'state/key', message, hint });

/** What `work` gives, or why the file can't be written. */
async function written<T>(what: string, hint: string, work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UnwritableFile)) throw error;
    return problem(`can’t ${what}: ${error.reason}`, hint);
  }
}

async function readKey(root: string, file: string, path: string): Promise<Result<MachineKey | null>> {
  let text: string | undefined;
  try {
    text = await readState(root, file);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return problem(`can’t read the machine’s key in ${path}: ${error.reason}`, error.hint);
  }
  if (text === undefined) return ok(null);
  const key = parseMachineKey(text);
  const hint = 'restore it; or delete it and use `--replace`, which makes the machine in Azure anew';
  return key === undefined ? problem(`${path} holds no machine’s key`, hint) : ok(key);
}

/** Names are the same to Azure in any case, and one file each here. */
export function keyStore(root: string, { subscriptionId, resourceGroup, name }: MachineName): KeyStore {
  const file = `${join('arc', ...[subscriptionId, resourceGroup, name].map((part) => part.toLowerCase()))}.json`;
  const path = join(stateFolder, file);
  const read = () => readKey(root, file, path);
  return {
    path,
    read,
    keep: (key) =>
      written(`keep the machine’s key in ${path}`, 'nothing was created in Azure', async () => {
        if (await createState(root, file, formatMachineKey(key))) return ok(key);
        const other = await read();
        if (!other.ok) return other;
        return other.value === null
          ? problem(`${path} comes and goes`, 'another flexgen removes it: run this one again')
          : ok(other.value);
      }),
    remove: () =>
      written(
        `remove the machine’s key, ${path}`,
        'delete it by hand: nothing needs it any more',
        async () => {
          await removeState(root, file);
          return ok(null);
        },
      ),
  };
}
