import { isMap } from '../../config/data.ts';
import type { DataMap } from '../../config/data.ts';
import type { ApiServer } from '../api-server.ts';
import { fieldsIn, listIn, textIn } from '../json.ts';

/** A pod that a node runs. */
export interface NodePod {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** What keeps it on its node for as long as there is one; null: it can be elsewhere. */
  readonly bound: 'DaemonSet' | 'static' | null;
  /** Something makes it anew elsewhere, or it has done its work. */
  readonly replaced: boolean;
  /** It has data that end with it. */
  readonly keepsData: boolean;
  /** It has been told to end. */
  readonly ending: boolean;
}

/** As kubectl calls it. */
export const podTitle = ({ namespace, name }: NodePod): string => `pod ${namespace}/${name}`;

const ended = new Set(['Succeeded', 'Failed']);

function seenPod(object: DataMap): NodePod {
  const metadata = fieldsIn(object, 'metadata');
  const controller = listIn(metadata, 'ownerReferences').find((owner) => owner['controller'] === true);
  // kubelet shows the API server its own pods, and nobody can evict those.
  const isStatic = textIn(fieldsIn(metadata, 'annotations'), 'kubernetes.io/config.mirror') !== '';
  const isDaemon = controller !== undefined && textIn(controller, 'kind') === 'DaemonSet';
  return {
    namespace: textIn(metadata, 'namespace'),
    name: textIn(metadata, 'name'),
    uid: textIn(metadata, 'uid'),
    bound: isStatic ? 'static' : isDaemon ? 'DaemonSet' : null,
    replaced: controller !== undefined || ended.has(textIn(fieldsIn(object, 'status'), 'phase')),
    keepsData: listIn(fieldsIn(object, 'spec'), 'volumes').some((volume) => isMap(volume['emptyDir'])),
    ending: textIn(metadata, 'deletionTimestamp') !== '',
  };
}

/** The pods of a node, by their names. Throws ClusterRefused. */
export async function podsOn(api: ApiServer, node: string): Promise<readonly NodePod[]> {
  const path = `/api/v1/pods?fieldSelector=${encodeURIComponent(`spec.nodeName=${node}`)}`;
  const answer = await api.call({ verb: 'list', resource: 'pods', path });
  return listIn(answer, 'items')
    .map(seenPod)
    .toSorted((a, b) => podTitle(a).localeCompare(podTitle(b), 'en'));
}
