import type { Change } from '../../kubernetes/diff.ts';
import type { NodePod } from '../../kubernetes/drain/pods.ts';
import { podTitle } from '../../kubernetes/drain/pods.ts';
import { lineOf } from '../action.ts';
import { changeData, changeText } from '../cluster/report.ts';
import type { Shown } from '../cluster/report.ts';
import type { Item } from '../identity/item.ts';

/** One thing that a reset does, or leaves. */
export interface Deed {
  readonly action: 'change' | 'delete' | 'keep';
  /** A line that reads like a diff. */
  readonly text: string;
  /** The same for programs. */
  readonly data: object;
}

/** Something of a node's in the cluster. */
export function deed(action: Deed['action'], kind: string, name: string, detail = ''): Deed {
  const data = { action, kind, name, detail };
  return { action, text: lineOf(data), data };
}

/** A pod that ends, or goes with its node. */
export function podDeed(pod: NodePod): Deed {
  const name = podTitle(pod).replace(/^pod /, '');
  if (pod.bound !== null)
    return deed(
      'keep',
      'pod',
      name,
      `${pod.bound === 'static' ? 'static' : 'of a DaemonSet'}: goes with the node`,
    );
  const lost = pod.keepsData ? 'its emptyDir is lost' : '';
  const made = pod.replaced ? '' : 'nothing makes it anew';
  return deed('delete', 'pod', name, [lost, made].filter((text) => text !== '').join(', '));
}

/** What a config had made in the cluster. */
export const changeDeed = (change: Change, shown: Shown): Deed => ({
  action: 'delete',
  text: changeText(change, shown),
  data: changeData(change, shown),
});

/** What it had made in Azure and in the state folder. */
export const itemDeed = (item: Item): Deed => ({ action: 'delete', text: lineOf(item), data: item });
