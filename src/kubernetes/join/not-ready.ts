import type { DataMap } from '../../config/data.ts';
import type { ApiServer } from '../api-server.ts';
import { unlessForbidden } from '../refused.ts';
import { fieldsIn, listIn, textIn } from '../json.ts';
import { readyOf } from './node.ts';
import type { SeenNode } from './node.ts';
import { onTheMachine, passing } from './reason.ts';
import type { Reason } from './reason.ts';

/** What a pod's containers wait for: `ImagePullBackOff`. */
function waitsOf(pod: DataMap): string {
  const status = fieldsIn(pod, 'status');
  const all = [...listIn(status, 'initContainerStatuses'), ...listIn(status, 'containerStatuses')];
  const waits = all
    .map((container) => textIn(fieldsIn(fieldsIn(container, 'state'), 'waiting'), 'reason'))
    .find((reason) => reason !== '' && reason !== 'PodInitializing');
  return waits ?? (textIn(status, 'phase') || 'Pending');
}

/** The pods on a node that need no network of their own: a CNI is one of them. */
async function hostPods(api: ApiServer, node: string): Promise<readonly string[] | null> {
  const selector = encodeURIComponent(`spec.nodeName=${node}`);
  const path = `/api/v1/pods?fieldSelector=${selector}`;
  const answer = await unlessForbidden(api.call({ verb: 'list', resource: 'pods', path }));
  if (answer === null) return null;
  return listIn(answer, 'items')
    .filter((pod) => fieldsIn(pod, 'spec')['hostNetwork'] === true)
    .map((pod) => {
      const { namespace, name } = fieldsIn(pod, 'metadata');
      return `${String(namespace)}/${String(name)} (${waitsOf(pod)})`;
    });
}

const noNetwork = 'has no pod network: no CNI has written its configuration there';

/** Whose matter the pods' network is, depends on the config's mode. */
async function whyNoNetwork(api: ApiServer, node: SeenNode, mode: string): Promise<Reason> {
  if (mode === 'node-cidr' && node.podCIDR === '') {
    return passing(
      'join/no-pod-range',
      'has no pod network: the cluster has given it no podCIDR',
      'the cluster hands out no ranges, or has none left; `network: {mode: bridge, podCIDR: …}` brings one of its own',
    );
  }
  if (mode !== 'external') return passing('join/no-cni', noNetwork, onTheMachine);
  const pods = await hostPods(api, node.name);
  const taints = node.taints.filter((key) => !key.startsWith('node.kubernetes.io/'));
  const selects =
    taints.length === 0
      ? 'is there and selects this node'
      : `is there, selects this node and tolerates ${taints.join(', ')}`;
  const wanted = `look whether the CNI’s DaemonSet ${selects}: \`kubectl get daemonsets -A\``;
  if (pods === null) return passing('join/no-cni', noNetwork, wanted);
  return pods.length === 0
    ? passing('join/no-cni', `${noNetwork}, and none of a DaemonSet’s pods that could is on it`, wanted)
    : passing(
        'join/no-cni',
        `${noNetwork}; on it are ${pods.join(', ')}`,
        'look at the one that is the CNI’s: `kubectl describe pod`',
      );
}

/** Why a node that is there is not ready. Throws ClusterRefused. */
export async function whyNotReady(api: ApiServer, node: SeenNode, mode: string): Promise<Reason> {
  const ready = readyOf(node);
  if (ready === undefined) {
    return passing('join/not-ready', 'is registered, and its kubelet has not said how it is', onTheMachine);
  }
  if (ready.status === 'Unknown') {
    const what = `has said nothing since ${ready.since}: the machine is off, or can’t reach the API server`;
    return passing('join/silent', what, `see its serial console; ${onTheMachine}`);
  }
  if (/network ?plugin|\bcni\b/i.test(`${ready.reason} ${ready.message}`))
    return await whyNoNetwork(api, node, mode);
  return passing('join/not-ready', `is not Ready: ${ready.message || ready.reason}`, onTheMachine);
}
