import type { ClusterFacts } from '../../config/facts.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import type { NodeSpec } from '../../node/index.ts';
import type { OperatorSource } from '../azure-operator.ts';
import type { Texts } from '../open-config.ts';
import type { Item } from './item.ts';

/** What an identity is looked up and made with. */
export interface IdentityContext {
  readonly spec: NodeSpec;
  readonly facts: ClusterFacts;
  /** Null for a cluster that is none of Azure's: nobody has a role on it. */
  readonly clusterId: string | null;
  readonly texts: Texts;
  /** The folder where machines' keys are kept. */
  readonly state: string;
  /** Whether a machine that somebody else made may be deleted and made anew. */
  readonly replace: boolean;
  /** Whether the identity is looked at to be taken back. */
  readonly removes: boolean;
  readonly operator: OperatorSource;
}

/** Is told of each thing once it is done. */
export type Show = (item: Item) => Promise<void>;

/** Who the node is, once that is known. */
export interface Identified {
  /** Who it is to the cluster's and to Azure's RBAC; null where nobody knows it yet. */
  readonly objectId: string | null;
  /** The texts of what was made, by the config paths of their references. */
  readonly made: Texts;
}

/** An identity as it was found. */
export interface Inspection {
  /** What `apply` would do, in its order. */
  readonly items: readonly Item[];
  /** What `remove` would do, in its order. */
  readonly leftovers: readonly Item[];
  /** Null where it does not exist yet, or nobody knows it. */
  readonly objectId: string | null;
  /** Makes what the node signs in with. Idempotent: what is there is used. */
  identify(show: Show): Promise<Result<Identified>>;
  /** Assigns its roles in Azure. */
  grant(objectId: string, show: Show): Promise<Result<null>>;
  /** Takes back what was made, roles first. */
  remove(show: Show): Promise<Result<null>>;
}

/** An identity that is made elsewhere and has no role in Azure: there is nothing to do. */
export const nothingToDo = (objectId: string | null): Inspection => ({
  items: [],
  leftovers: [],
  objectId,
  identify: async () => ok({ objectId, made: new Map() }),
  grant: async () => ok(null),
  remove: async () => ok(null),
});
