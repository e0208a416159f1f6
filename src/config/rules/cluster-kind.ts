import { quote } from '../quote.ts';
import type { RawCluster } from '../raw-config.ts';
import type { Rule } from './rule.ts';

const inlineKeys = [
  'name',
  'server',
  'ca',
  'kubernetesVersion',
  'clusterDNS',
  'clusterDomain',
  'podCIDRs',
  'serviceCIDRs',
  'tenantId',
] as const satisfies readonly (keyof RawCluster)[];

/** What can't be guessed of a cluster. */
const required = ['server', 'ca', 'kubernetesVersion', 'clusterDNS'] as const;

/** A cluster is named in exactly one of three ways. */
export const clusterKind: Rule = ({ written, report }) => {
  if (!written(['cluster'])) return;
  const has = (key: string) => written(['cluster', key]);
  const inline = inlineKeys.filter(has);
  const [first, ...others] = ['resourceId', 'facts', ...inline].filter(has);
  if (first === undefined) {
    const message = '`cluster` says nothing of the cluster';
    const hint = 'add `resourceId`, or `facts`, or `server`, `ca`, `kubernetesVersion` and `clusterDNS`';
    report(['cluster'], { code: 'config/cluster-kind', message, hint }, 'key');
  } else if (first === 'resourceId' || first === 'facts') {
    for (const other of others) {
      const message = `${quote(other)} and ${quote(first)} exclude each other`;
      const hint = `${quote(first)} says all of the cluster: keep one of the two`;
      report(['cluster', other], { code: 'config/cluster-kind', message, hint }, 'key');
    }
  } else {
    for (const key of required) {
      if (has(key)) continue;
      const message = `\`cluster\` needs ${quote(key)}`;
      const hint = `add ${quote(key)}; or name the cluster by \`facts\` or \`resourceId\` instead`;
      report(['cluster'], { code: 'config/missing-key', message, hint }, 'key');
    }
  }
};
