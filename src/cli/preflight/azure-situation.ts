import type { ClusterFacts } from '../../config/facts.ts';
import { parseResourceId } from '../../config/values/resource-id.ts';
import { hasMinted } from '../../io/inputs.ts';
import type { NodeSpec } from '../../node/index.ts';
import { azureOperator } from '../azure-operator.ts';
import type { OperatorSource } from '../azure-operator.ts';
import type { ReadConfig } from '../read-config.ts';
import type { World } from '../world.ts';

/** Where the machine of Azure Arc is. */
interface ArcGroup {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** The operator, and nobody else, makes the machine. */
  readonly writes: boolean;
}

/** What flexgen does in Azure for this config. */
export interface AzureSituation {
  /** Resource id of the cluster; null where it is none of Azure's. */
  readonly clusterId: string | null;
  /** The cluster is read; else its facts are known without Azure. */
  readonly readsCluster: boolean;
  /** The node's identity gets a role on the cluster. */
  readonly assignsRole: boolean;
  readonly arc: ArcGroup | null;
  /** All that have to do with it, the cluster's first. */
  readonly subscriptionIds: readonly string[];
  /** Who asks; signed in once for each subscription, which may be of another tenant. */
  readonly operator: (subscriptionId: string) => ReturnType<OperatorSource>;
}

/** The modes whose identity has a role in Azure. */
const withRole: ReadonlySet<string> = new Set(['arc', 'service-principal']);

/** The cluster says what the config leaves out; what nobody says is a problem of the config. */
function arcGroup({ auth }: NodeSpec, clusterId: string | null): ArcGroup | null {
  if (auth.mode !== 'arc') return null;
  const home = clusterId === null ? null : parseResourceId(clusterId);
  const subscriptionId = auth.subscriptionId ?? home?.subscriptionId;
  const resourceGroup = auth.resourceGroup ?? home?.resourceGroup;
  if (subscriptionId === undefined || resourceGroup === undefined) return null;
  return { subscriptionId, resourceGroup, writes: auth.onboarding.kind !== 'service-principal' };
}

/** Null where nothing is asked of Azure. `facts`: where they are known without it. */
export function azureSituation(
  { loaded: { spec }, texts, reader }: ReadConfig,
  facts: ClusterFacts | null,
  world: World,
): AzureSituation | null {
  const { cluster, auth } = spec;
  const readsCluster = cluster.kind === 'resource-id';
  const clusterId = cluster.kind === 'resource-id' ? cluster.resourceId : (facts?.aks?.resourceId ?? null);
  // Else `cloud-init` renders what others have made.
  const setsUp = readsCluster || hasMinted(auth);
  const assignsRole = setsUp && clusterId !== null && withRole.has(auth.mode);
  const arc = setsUp ? arcGroup(spec, clusterId) : null;
  if (!readsCluster && !assignsRole && arc === null) return null;
  const home = clusterId === null ? null : parseResourceId(clusterId).subscriptionId.toLowerCase();
  const subscriptionIds = [...new Set([home, arc?.subscriptionId.toLowerCase()].flatMap((id) => id ?? []))];
  const sourceOf = (id: string): OperatorSource =>
    readsCluster && id === home ? reader : azureOperator(`/subscriptions/${id}`, spec.azure, texts, world);
  const operators = new Map(subscriptionIds.map((id) => [id, sourceOf(id)]));
  return {
    clusterId,
    readsCluster,
    assignsRole,
    arc,
    subscriptionIds,
    operator: (id) => (operators.get(id.toLowerCase()) ?? sourceOf(id))(),
  };
}
