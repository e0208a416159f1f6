import type { ApiServer } from '../api-server.ts';
import { ClusterRefused, unlessGone } from '../refused.ts';
import type { NodePod } from './pods.ts';

/** How pods are ended. */
export interface Grace {
  /** Seconds in place of each pod's own; null: its own. */
  readonly gracePeriod: number | null;
  /** Nobody is left on the machine who could end them, nor anybody whom a disruption budget could protect from it. */
  readonly isDead: boolean;
}

const pathOf = ({ namespace, name }: NodePod): string =>
  `/api/v1/namespaces/${namespace}/pods/${encodeURIComponent(name)}`;

/** The pod that was seen, and none that has taken its name. */
const options = ({ uid }: NodePod, gracePeriod: number | null): object => ({
  apiVersion: 'v1',
  kind: 'DeleteOptions',
  preconditions: { uid },
  ...(gracePeriod === null ? {} : { gracePeriodSeconds: gracePeriod }),
});

async function evict(api: ApiServer, pod: NodePod, gracePeriod: number | null): Promise<void> {
  const { namespace, name } = pod;
  await api.call({
    verb: 'create',
    resource: `pods/eviction in ${namespace}`,
    path: `${pathOf(pod)}/eviction`,
    body: {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name, namespace },
      deleteOptions: options(pod, gracePeriod),
    },
  });
}

async function drop(api: ApiServer, pod: NodePod): Promise<void> {
  const resource = `pods in ${pod.namespace}`;
  await api.call({
    verb: 'delete',
    resource,
    path: pathOf(pod),
    body: options(pod, 0),
  });
}

/** With 500 the API server says that two budgets are of one pod: whoever made them has to choose. */
const isBudget = ({ status, said }: ClusterRefused): boolean =>
  status === 429 || (status === 500 && said.includes('PodDisruptionBudget'));

/** Tells a pod to end. Returns why it may not now, in the API server's words; null where it does. Throws ClusterRefused. */
export async function tellToEnd(
  api: ApiServer,
  pod: NodePod,
  { gracePeriod, isDead }: Grace,
): Promise<string | null> {
  try {
    await unlessGone(isDead ? drop(api, pod) : evict(api, pod, gracePeriod));
    return null;
  } catch (error) {
    if (!(error instanceof ClusterRefused)) throw error;
    // Another pod of its name: it is gone.
    if (error.status === 409) return null;
    if (!isBudget(error)) throw error;
    return error.said;
  }
}
