import type { Wish } from '../../kubernetes/wish.ts';
import type { LeavingIdentity } from './identities.ts';
import type { LeavingNodes } from './nodes.ts';

/** What is known of the nodes that do not go. */
export interface Surroundings extends Pick<LeavingNodes, 'configured' | 'isOpen'> {
  /** All nodes of the cluster that are none of the cloud's own; null where it can't be asked. */
  readonly foreign: readonly string[] | null;
}

/** Who stays when these nodes are out. */
interface Staying {
  /** In words; null: nobody does. */
  readonly nodes: string | null;
}

const few = 3;

function listed(names: readonly string[]): string {
  const rest = names.length - few;
  return rest <= 0 ? names.join(', ') : `${names.slice(0, few).join(', ')} and ${rest} more`;
}

/** Who may need what is shared, once these nodes are out. */
export function whoStays({ configured, isOpen, foreign }: Surroundings, out: readonly string[]): Staying {
  const gone = new Set(out);
  const names = new Set([...configured, ...(foreign ?? [])].filter((name) => !gone.has(name)));
  if (names.size > 0) return { nodes: listed([...names]) };
  if (isOpen) return { nodes: 'machines that name themselves' };
  return { nodes: foreign === null ? 'nodes of a cluster that can’t be asked' : null };
}

/** Whether an identity stays where it is because others may sign in as it. */
export const isKept = ({ isOwn }: LeavingIdentity, { nodes }: Staying): boolean => !isOwn && nodes !== null;

/** What is taken back in the cluster of a node that is out. */
export function takenBack(identity: LeavingIdentity, staying: Staying): Wish {
  const { wish } = identity;
  if (!isKept(identity, staying)) return wish;
  return { ...wish, grants: { ...wish.grants, own: [], owner: null } };
}
