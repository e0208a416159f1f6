/** Reads a cluster from Azure. Costs the start of two SDKs: import it when Azure is asked, and not before. */
export { accessOf } from './access.ts';
export { clusterFacts } from './cluster-facts.ts';
export type { AzureCluster } from './cluster-facts.ts';
export { identityOf } from './identity.ts';
