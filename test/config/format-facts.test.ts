import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClusterFacts } from '../../src/config/facts.ts';
import { formatFacts, parseFacts } from '../../src/config/index.ts';
import { certificate } from './certificate.ts';

const full: ClusterFacts = {
  name: 'aks1',
  server: 'https://aks1.example:443',
  ca: `${certificate}${certificate}`,
  kubernetesVersion: '1.36.4',
  clusterDNS: ['10.0.0.10', 'fd00::a'],
  clusterDomain: 'cluster.local',
  podCIDRs: ['10.244.0.0/16', 'fd00:10:244::/56'],
  serviceCIDRs: ['10.0.0.0/16'],
  tenantId: '11111111-2222-3333-4444-555555555555',
  aks: {
    resourceId:
      '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks1',
    location: 'westeurope',
    networkPlugin: 'azure',
    networkPluginMode: 'overlay',
    networkDataplane: 'cilium',
    networkPolicy: 'cilium',
    privateCluster: true,
    authorizedIPRanges: ['203.0.113.0/24'],
    entra: true,
    azureRBAC: true,
    localAccountsDisabled: true,
    httpProxy: { http: 'http://proxy.corp:3128', https: 'http://proxy.corp:3128', noProxy: ['.corp'] },
    customCATrust: [certificate],
  },
};

const bare: ClusterFacts = { ...full, podCIDRs: [], serviceCIDRs: [], tenantId: null, aks: null };

for (const [name, facts] of Object.entries({ full, bare })) {
  test(`${name} facts are read back as they were`, () => {
    const text = formatFacts(facts, 'of aks1');
    assert.deepEqual(parseFacts(text, 'f.yaml'), { ok: true, value: facts, warnings: [] });
    assert.equal(formatFacts(facts, 'of aks1'), text);
  });
}

test('one value stands alone, and what is not known is left out', () => {
  const text = formatFacts({ ...bare, clusterDNS: ['10.0.0.10'] }, 'of aks1');
  assert.equal(
    text.slice(0, text.indexOf('ca:')),
    `# of aks1
apiVersion: flexgen/v1
name: aks1
server: https://aks1.example:443
kubernetesVersion: 1.36.4
clusterDNS: 10.0.0.10
clusterDomain: cluster.local
`,
  );
});
