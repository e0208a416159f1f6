import { yamlDocument } from '../encode/document.ts';
import type { ClusterFacts } from './facts.ts';

/** One value stands alone, several as a list; none is left out. */
const brief = (values: readonly string[]) => (values.length > 1 ? values : values[0]);

/** What YAML should not show: keys without a value. */
function filled(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).filter(([, item]) => item !== undefined && item !== null && item !== ''),
  );
}

/** Facts as the file that `parseFacts` reads back. `title` is the comment at its top, one line. */
export function formatFacts(facts: ClusterFacts, title: string): string {
  const { clusterDNS, podCIDRs, serviceCIDRs, ...rest } = facts;
  const { name, server, ca, kubernetesVersion, clusterDomain, tenantId, aks } = rest;
  const document = filled({
    apiVersion: 'flexgen/v1',
    name,
    server,
    kubernetesVersion,
    clusterDNS: brief(clusterDNS),
    clusterDomain,
    podCIDRs: brief(podCIDRs),
    serviceCIDRs: brief(serviceCIDRs),
    tenantId,
    aks: aks === null ? null : filled(aks),
    ca,
  });
  return `# ${title}\n${yamlDocument(document)}`;
}
