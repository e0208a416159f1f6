import { knownVersions } from '../../catalog/index.ts';
import type { Draft } from './draft.ts';

const [id, url, fqdn, ca] = [
  'azure.targetCluster.resourceId',
  'node.kubelet.serverURL',
  'node.kubelet.clusterFQDN',
  'node.kubelet.caCertData',
];
const dns = ['networking.dnsServiceIP', 'node.kubelet.dnsServiceIP'] as const;
const versions = ['components.kubernetes', 'kubernetes.version'] as const;
const readFrom = 'read from the cluster, each time: a CA that is rotated is noticed';

/** AKSFlexNode's names of the clouds, and ours; an empty one is the public cloud. */
const clouds: Readonly<Record<string, string>> = {
  azurepubliccloud: 'public',
  azurecloud: 'public',
  azureusgovernment: 'us-government',
  azureusgovernmentcloud: 'us-government',
  azurechinacloud: 'china',
};

function cloud(draft: Draft): void {
  const path = 'azure.cloud';
  const name = draft.text(path);
  if (name === undefined) return;
  const known = clouds[name.toLowerCase()];
  if (known === undefined) {
    const hint = `flexgen has ${[...new Set(Object.values(clouds))].join(', ')}, and \`azure.endpoints\` for a cloud of your own`;
    draft.refuse(`${path} is no cloud that flexgen knows: ${name}`, hint, draft.locationOf(path));
  } else if (known === 'public') draft.drop(path, 'the default');
  else draft.take(path, 'azure.cloud', known, `${name}’s name here`);
}

/** What the config says of the cluster itself, where it says all of it: then nobody needs to ask Azure. */
function inline(draft: Draft): boolean {
  const data = draft.text(ca);
  const host = draft.text(fqdn);
  const server = host === undefined ? draft.text(url) : `https://${host}:443`;
  const from = versions.find((path) => draft.text(path) !== undefined);
  const version = from === undefined ? undefined : draft.text(from)?.replace(/^v/, '');
  if (draft.text('azure.bootstrapToken.token') === undefined) return false;
  if (data === undefined || server === undefined || from === undefined || version === undefined) return false;
  if (!knownVersions('kubelet').includes(version)) return false;
  const pem = Buffer.from(data, 'base64').toString('utf8');
  if (!pem.includes('-----BEGIN CERTIFICATE-----')) {
    draft.refuse(`${ca} holds no certificate`, 'it is a PEM file in base64', draft.locationOf(ca));
    return true;
  }
  const name = draft.text(id)?.split('/').at(-1);
  if (name !== undefined) draft.take(id, 'cluster.name', name, 'only the name: no one needs to ask Azure');
  if (host === undefined) draft.take(url, 'cluster.server', server);
  else draft.take(fqdn, 'cluster.server', server, 'with scheme and port');
  draft.take(
    from,
    'cluster.kubernetesVersion',
    version,
    'taken for the cluster’s own, which it must not exceed',
  );
  const said = dns.find((path) => draft.text(path) !== undefined);
  // AKSFlexNode guessed the same where nobody said it.
  if (said === undefined) draft.set('cluster.clusterDNS', '10.0.0.10');
  else draft.take(said, 'cluster.clusterDNS', draft.text(said));
  draft.take(ca, 'cluster.ca', pem, 'decoded');
  return true;
}

/** Which cluster: read from Azure by its id, or as the config describes it. */
export function migrateCluster(draft: Draft): void {
  cloud(draft);
  if (!inline(draft)) {
    const resourceId = draft.text(id);
    if (resourceId === undefined)
      draft.refuse(`${id} is missing`, 'it says which cluster the node joins', draft.locationOf(id));
    else draft.take(id, 'cluster.resourceId', resourceId);
  }
  draft.drop(url, draft.text(fqdn) === undefined ? readFrom : `\`${fqdn}\` counts`);
  for (const path of [fqdn, ca, ...dns]) draft.drop(path, readFrom);
}
