import type { Assignment, Machine, MachineId, Operator } from '../../azure/index.ts';
import type { ArcMachine } from '../../node/auth/arc-machine.ts';
import type { KeyStore } from './key-store.ts';
import type { MachineKey } from './machine-key.ts';
import type { ClusterRole } from './role.ts';

/** A machine that is registered before it boots, as the config wants it, and where it is looked for. */
export interface ArcSite {
  readonly operator: Operator;
  readonly wanted: ArcMachine;
  readonly id: MachineId;
  readonly store: KeyStore;
  /** Null where the cluster is none of Azure's. */
  readonly role: ClusterRole | null;
  /** Whether a machine whose key is not here may be deleted. */
  readonly replace: boolean;
  /** Whether it is looked at to be removed. */
  readonly removes: boolean;
}

/** The machine as it was found. */
export interface ArcFound {
  readonly key: MachineKey | null;
  readonly machine: Machine | null;
  /** `foreign`: its key is not here; `changed`: its tags are others, and it has not connected yet. */
  readonly state: 'absent' | 'ours' | 'changed' | 'foreign';
  /** The role of the machine that was found, whoever made it. */
  readonly assigned: Assignment | null;
  /** The roles of identities that our machine had, where it is gone: it was deleted by another hand. */
  readonly former: readonly Assignment[];
}

/** Whether a machine is there that was made with the key that is here. */
export const isOurs = ({ state }: ArcFound): boolean => state === 'ours' || state === 'changed';
