import type { DataMap } from '../../config/data.ts';
import { fieldsIn, listIn, textIn } from '../json.ts';

/** A condition as the node has it. */
export interface Condition {
  readonly type: string;
  /** True, False or Unknown. */
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  /** Since when it is so, by the clock of who said it. */
  readonly since: string;
}

/** A node as the cluster has it. */
export interface SeenNode {
  readonly name: string;
  readonly created: string;
  /** `1.36.4`; empty before kubelet has said it. */
  readonly kubelet: string;
  /** Its internal addresses. */
  readonly addresses: readonly string[];
  readonly podCIDR: string;
  readonly taints: readonly string[];
  readonly unschedulable: boolean;
  readonly conditions: readonly Condition[];
}

export function seenNode(object: DataMap): SeenNode {
  const metadata = fieldsIn(object, 'metadata');
  const spec = fieldsIn(object, 'spec');
  const status = fieldsIn(object, 'status');
  return {
    name: textIn(metadata, 'name'),
    created: textIn(metadata, 'creationTimestamp'),
    kubelet: textIn(fieldsIn(status, 'nodeInfo'), 'kubeletVersion').replace(/^v/, ''),
    addresses: listIn(status, 'addresses')
      .filter((address) => textIn(address, 'type') === 'InternalIP')
      .map((address) => textIn(address, 'address')),
    podCIDR: textIn(spec, 'podCIDR'),
    taints: listIn(spec, 'taints').map((taint) => textIn(taint, 'key')),
    unschedulable: spec['unschedulable'] === true,
    conditions: listIn(status, 'conditions').map((condition) => ({
      type: textIn(condition, 'type'),
      status: textIn(condition, 'status'),
      reason: textIn(condition, 'reason'),
      message: textIn(condition, 'message'),
      since: textIn(condition, 'lastTransitionTime'),
    })),
  };
}

/** What a node says of itself as a whole; undefined before kubelet has said it. */
export const readyOf = ({ conditions }: SeenNode): Condition | undefined =>
  conditions.find(({ type }) => type === 'Ready');
