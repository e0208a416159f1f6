import type { JsonSchema } from '../mode.ts';

/** No cluster has more than two of a kind, one for each family; each is compared with each. */
const maxItems = 16;

const cidrs = (description: string, example: string): JsonSchema => ({
  type: ['string', 'array'],
  format: 'cidr',
  items: { type: 'string', format: 'cidr', description: 'One range.' },
  maxItems,
  default: [],
  description,
  examples: [example, [example, 'fd00:10:244::/56']],
});

/** What a node must know of its cluster: the keys of a facts file, and of an inline `cluster`. */
export const factProperties = {
  name: {
    type: 'string',
    format: 'cluster-name',
    description: 'The cluster’s name, as the node’s console shows it. Default: the server’s host name.',
    examples: ['aks1'],
  },
  server: {
    type: 'string',
    format: 'https-url',
    description: 'The API server.',
    examples: ['https://aks1-abc123.hcp.westeurope.azmk8s.io:443'],
  },
  ca: {
    type: 'string',
    format: 'pem',
    multiline: true,
    description: 'The certificates that sign the API server’s, as PEM.',
    examples: ['-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----\n'],
  },
  kubernetesVersion: {
    type: 'string',
    format: 'version',
    description:
      'The API server’s version. The node’s kubelet is of the same, if `versions.kubernetes` says no other.',
    examples: ['1.36.4'],
  },
  clusterDNS: {
    type: ['string', 'array'],
    format: 'ip',
    items: { type: 'string', format: 'ip', description: 'One address.' },
    minItems: 1,
    maxItems,
    description: 'The address of the cluster’s DNS service, or a list of them.',
    examples: ['10.0.0.10', ['10.0.0.10', 'fd00::a']],
  },
  clusterDomain: {
    type: 'string',
    format: 'domain',
    default: 'cluster.local',
    description: 'The DNS domain of the cluster’s services.',
    examples: ['cluster.local'],
  },
  podCIDRs: cidrs('The addresses of the cluster’s pods: one range or a list.', '10.244.0.0/16'),
  serviceCIDRs: cidrs('The addresses of the cluster’s services: one range or a list.', '10.0.0.0/16'),
  tenantId: {
    type: 'string',
    format: 'guid',
    description: 'The Entra tenant of the cluster.',
    examples: ['11111111-2222-3333-4444-555555555555'],
  },
} as const satisfies Record<string, JsonSchema>;

const text = (description: string, example: string): JsonSchema => ({
  type: 'string',
  minLength: 1,
  description,
  examples: [example],
});

const flag = (description: string): JsonSchema => ({ type: 'boolean', description, examples: [true] });

/** No cluster of AKS has more of any. */
const maxEntries = 1000;

const list = (description: string, items: JsonSchema): JsonSchema => ({
  type: 'array',
  items,
  maxItems: maxEntries,
  description,
});

/** What `flexgen facts` adds of an AKS cluster. Open texts: Azure may have more values than are known today. */
const aks: JsonSchema = {
  description: 'What Azure alone knows of an AKS cluster; `flexgen facts` writes it.',
  type: 'object',
  examples: [{ location: 'westeurope', networkPlugin: 'azure' }],
  properties: {
    resourceId: text(
      'Its Azure resource id.',
      '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks1',
    ),
    location: text('Its Azure region.', 'westeurope'),
    networkPlugin: text('The network plugin. It decides the default of `network.mode`.', 'azure'),
    networkPluginMode: text('Its mode.', 'overlay'),
    networkDataplane: text('What forwards the packets of the cluster’s own nodes.', 'cilium'),
    networkPolicy: text('What enforces network policies.', 'cilium'),
    privateCluster: flag('Whether the API server has a private address alone.'),
    authorizedIPRanges: list(
      'The networks that may reach the API server.',
      text('One network.', '203.0.113.0/24'),
    ),
    entra: flag('Whether Entra identities may sign in to the API server.'),
    azureRBAC: flag('Whether Azure’s roles decide what an Entra identity may do in Kubernetes.'),
    localAccountsDisabled: flag('Whether the cluster hands out no static credentials.'),
    httpProxy: {
      description: 'The proxy of the cluster’s own nodes, without a password.',
      type: 'object',
      examples: [
        { http: 'http://proxy.corp:3128', https: 'http://proxy.corp:3128', noProxy: ['.corp.example'] },
      ],
      properties: {
        http: text('For http.', 'http://proxy.corp:3128'),
        https: text('For https.', 'http://proxy.corp:3128'),
        noProxy: list('What they reach without it.', text('One host or network.', '.corp.example')),
      },
      additionalProperties: false,
    },
    customCATrust: list('The authorities that the cluster’s own nodes trust in addition.', {
      type: 'string',
      format: 'pem',
      multiline: true,
      description: 'One certificate, PEM.',
      examples: ['-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----\n'],
    }),
  },
  additionalProperties: false,
};

/** The schema of a facts file. */
export const factsSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:flexgen:facts',
  title: 'The facts of a cluster that a node needs',
  type: 'object',
  properties: {
    apiVersion: { const: 'flexgen/v1', description: 'The version of this format.', examples: ['flexgen/v1'] },
    ...factProperties,
    aks,
  },
  required: ['server', 'ca', 'kubernetesVersion', 'clusterDNS'],
  additionalProperties: false,
};
