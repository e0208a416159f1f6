import type { Azure } from '../azure/server/azure.ts';
import type { Canaries } from './canaries.ts';

/** Nobody listens there. */
export const nowhere = 'http://127.0.0.1:9';

const principalOf = ({ credentials: { clientId, tenantId } }: Azure) => ({ clientId, tenantId });

/** A config for each way to sign in, with every secret that a config can name beside it. */
export function configsOf(azure: Azure): Readonly<Record<string, object>> {
  const { endpoint, authorityHost, caFile, resourceId } = azure;
  const endpoints = { resourceManager: endpoint, authority: authorityHost, ca: { file: caFile } };
  const principal = { mode: 'service-principal', ...principalOf(azure) };
  const proxy = { url: nowhere, username: 'edge', password: { command: ['cat', 'proxy-password'] } };
  const base = {
    apiVersion: 'flexgen/v1',
    cluster: { resourceId },
    azure: { endpoints },
    node: { name: 'edge-01' },
    network: { mode: 'bridge', podCIDR: '10.250.1.0/24' },
    artifacts: { mirror: 'https://127.0.0.1:9/k8s' },
    runtime: {
      registries: { 'registry.corp': { username: 'robot', password: { file: 'registry-password' } } },
    },
    userData: { merge: 'mine.yaml' },
  };
  const proxied = { ...base, proxy: { https: proxy, http: proxy } };
  const secret = { command: ['cat', 'client-secret'] };
  const arc = { mode: 'arc', agent: { version: '1.60.03293.809' } };
  const signedIn = (proof: object) => ({
    ...base,
    auth: { mode: 'bootstrap-token', token: { env: 'BOOTSTRAP_TOKEN' } },
    azure: { endpoints, signIn: { servicePrincipal: { ...principalOf(azure), ...proof } } },
  });
  return {
    'token': { ...proxied, auth: { mode: 'bootstrap-token', token: { env: 'BOOTSTRAP_TOKEN' } } },
    'minted': { ...proxied, auth: { mode: 'bootstrap-token' } },
    'principal': { ...proxied, auth: { ...principal, secret } },
    'certificate': { ...proxied, auth: { ...principal, certificate: { file: 'pair.pem' } } },
    'federated': {
      ...proxied,
      auth: { ...principal, federated: { file: '/run/oidc/token' }, objectId: azure.credentials.objectId },
    },
    'managed': {
      ...proxied,
      auth: { mode: 'managed-identity', objectId: azure.credentials.managedIdentity.objectId },
    },
    'arc': { ...base, auth: arc },
    'arc-principal': {
      ...base,
      auth: {
        ...arc,
        onboarding: 'service-principal',
        servicePrincipal: { clientId: azure.credentials.clientId, secret: { env: 'ONBOARDING_SECRET' } },
      },
    },
    'arc-token': { ...base, auth: { ...arc, onboarding: 'access-token' } },
    'fleet': {
      ...proxied,
      auth: { mode: 'bootstrap-token' },
      node: { name: 'edge-{index:2}' },
      network: { mode: 'bridge', podCIDR: { block: '10.251.0.0/16', size: 24 } },
      nodes: 3,
    },
    'signed-in-secret': signedIn({ secret: { file: 'client-secret' } }),
    'signed-in-certificate': signedIn({ certificate: { file: 'pair.pem' } }),
    'signed-in-federated': signedIn({ federated: { file: 'federated' } }),
    'offline': {
      ...proxied,
      cluster: { facts: 'aks1.facts.yaml' },
      auth: { mode: 'bootstrap-token', token: { env: 'BOOTSTRAP_TOKEN' } },
    },
    'wrong-secret': { ...proxied, auth: { ...principal, secret: { env: 'WRONG_SECRET' } } },
    'too-large': {
      ...base,
      auth: { mode: 'bootstrap-token', token: { env: 'BOOTSTRAP_TOKEN' } },
      userData: { merge: 'large.yaml' },
    },
  };
}

/** Configs in which a secret is wrong, or stands where it must not: the text of each. */
export function badConfigs(azure: Azure, known: Canaries): Readonly<Record<string, string>> {
  const { token: good } = configsOf(azure);
  const yaml = (auth: object, more: object = {}): string =>
    JSON.stringify({ ...good, auth, ...more }, null, 2);
  const token = (value: unknown) => ({ mode: 'bootstrap-token', token: value });
  const head = 'apiVersion: flexgen/v1\ncluster: {facts: aks1.facts.yaml}\n';
  return {
    'bad-token': yaml(token({ file: 'client-secret' })),
    'bad-file': yaml(token({ file: 'control' })),
    'bad-command': yaml(
      token({ command: ['sh', '-c', 'cat registry-password; cat registry-password >&2; exit 3'] }),
    ),
    'bad-plain': yaml(token(known.bootstrapToken)),
    'bad-place': yaml(token({ env: known.ownPassword, valu: known.registryPassword }), {
      password: known.proxyPassword,
    }),
    'bad-syntax': `${head}auth:\n  mode: bootstrap-token\n  token: "${known.bootstrapToken}\n`,
    'bad-url': yaml(token({ env: 'BOOTSTRAP_TOKEN' }), {
      proxy: { https: `http://me:${known.ownPassword}@proxy.corp:3128` },
    }),
    'bad-key': yaml({ ...principalOf(azure), mode: 'service-principal', certificate: { file: 'half.pem' } }),
  };
}
