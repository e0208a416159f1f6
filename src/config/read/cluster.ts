import { many, type RawCluster } from '../raw-config.ts';
import type { KnownFacts } from '../rules/rule.ts';
import type { ClusterRef } from '../spec.ts';

/** The facts that an inline cluster or a facts file says, or undefined when one is lacking that can't be guessed. */
export function readFacts(raw: RawCluster): KnownFacts | undefined {
  const { server, kubernetesVersion, clusterDNS } = raw;
  if (server === undefined || kubernetesVersion === undefined || clusterDNS === undefined) return undefined;
  return {
    name: raw.name ?? /^https:\/\/([^/:]*)/.exec(server)?.[1] ?? server,
    server: server.replace(/\/+$/, ''),
    kubernetesVersion,
    clusterDNS: many(clusterDNS),
    clusterDomain: raw.clusterDomain,
    podCIDRs: many(raw.podCIDRs),
    serviceCIDRs: many(raw.serviceCIDRs),
    tenantId: raw.tenantId ?? null,
    aks: raw.aks ?? null,
  };
}

/** The cluster in the one way that it is named; undefined when something is lacking, which a rule has reported. */
export function readCluster(raw: RawCluster): ClusterRef | undefined {
  if (raw.resourceId !== undefined) return { kind: 'resource-id', resourceId: raw.resourceId };
  if (raw.facts !== undefined) return { kind: 'facts-file', facts: { file: raw.facts, at: 'cluster.facts' } };
  const facts = readFacts(raw);
  if (facts === undefined || raw.ca === undefined) return undefined;
  const ca = typeof raw.ca === 'string' ? raw.ca : { file: raw.ca.file, at: 'cluster.ca' };
  return { kind: 'inline', facts, ca };
}
