/** The starters in templates/config, and when to use each: their own words, which a test holds together. */
export const starters: Readonly<Record<string, string>> = {
  'bootstrap-token': 'you want the least that can work',
  'arc':
    'the machine should have an identity of its own in Azure, and no secret of Azure may be in its user-data',
  'service-principal':
    'machines may join at any time, long after the payload was made, and a secret in user-data is acceptable',
  'certificate': 'client secrets are not allowed',
  'managed-identity': 'the machines are VMs of Azure',
  'scaling-group': 'an auto-scaler makes the machines and all of them get the same user-data',
  'behind-a-proxy': 'a firewall stands between the machine and dl.k8s.io, github.com or mcr.microsoft.com',
  'external-cni': 'the cluster’s CNI runs on this node too',
};
