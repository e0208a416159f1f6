import { join } from 'node:path';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { readState, removeState, stateFolder, writeState } from '../../io/state.ts';
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
  write(key: MachineKey): Promise<Result<null>>;
  remove(): Promise<void>;
}

interface MachineName {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

const problem = (message: string, hint: string) => {
  const error: Diagnostic = { severity: 'error', code: 'state/key', message, hint };
  return { ok: false, errors: [error] } as const;
};

/** Names are the same to Azure in any case, and one file each here. */
export function keyStore(root: string, { subscriptionId, resourceGroup, name }: MachineName): KeyStore {
  const file = `${join('arc', ...[subscriptionId, resourceGroup, name].map((part) => part.toLowerCase()))}.json`;
  const path = join(stateFolder, file);
  return {
    path,
    async read() {
      let text: string | undefined;
      try {
        text = await readState(root, file);
      } catch (error) {
        if (!(error instanceof UnreadableFile)) throw error;
        return problem(`can’t read the machine’s key in ${path}: ${error.reason}`, error.hint);
      }
      if (text === undefined) return ok(null);
      const key = parseMachineKey(text);
      return key === undefined
        ? problem(
            `${path} holds no machine’s key`,
            'restore it; or delete it and use `--replace`, which makes the machine in Azure anew',
          )
        : ok(key);
    },
    async write(key) {
      try {
        await writeState(root, file, formatMachineKey(key));
        return ok(null);
      } catch (error) {
        if (!(error instanceof UnwritableFile)) throw error;
        return problem(
          `can’t keep the machine’s key in ${path}: ${error.reason}`,
          'nothing was created in Azure',
        );
      }
    },
    remove: () => removeState(root, file),
  };
}
