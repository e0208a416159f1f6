import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { application } from '../azure/server/applications.ts';
import { machineObjectId } from '../azure/server/imds.ts';
import { hostFromMachine } from './services/control-plane-args.ts';
import type { NodeWish } from './node-config.ts';
import type { Site } from './site.ts';

/** How nodes of the rig sign in. */
export type AuthKind =
  | 'bootstrap-token'
  | 'service-principal'
  | 'certificate'
  | 'federated'
  | 'managed-identity'
  | 'user-assigned'
  | 'arc';

/** What a machine forgets when it has joined; a key by one line of its base64. */
export interface Secret {
  readonly text: string;
  /** The files that may still hold it. */
  readonly kept: readonly string[];
}

/** The identity of one node, made for it. */
export interface NodeAuth {
  /** The config's section. */
  readonly section: Readonly<Record<string, unknown>>;
  readonly secrets: readonly Secret[];
  /** Who asks the cluster for the node's certificate. */
  readonly user: RegExp;
  /** What the machine has from elsewhere: commands of each boot. */
  readonly bootcmd?: readonly (readonly string[])[];
}

export interface AuthParts {
  readonly wish: NodeWish;
  readonly site: Site;
  /** The config's folder. */
  readonly folder: string;
}

const forgotten = (text: string): Secret => ({ text, kept: [] });
const named = (objectId: string): RegExp => new RegExp(`^${objectId}$`);

type Maker = (parts: AuthParts) => Promise<NodeAuth>;

const secretFile = 'secret.txt';

async function keepSecret(folder: string, secret: string): Promise<{ file: string }> {
  await writeFile(join(folder, secretFile), secret, { mode: 0o600 });
  return { file: secretFile };
}

/** The application, and Entra as a machine reaches it. */
async function principal({ site, folder }: AuthParts): Promise<Record<string, unknown>> {
  const { authorityHost, caPem, credentials } = site.azure;
  await writeFile(join(folder, 'entra-ca.pem'), caPem);
  const { clientId, tenantId } = credentials;
  const authority = authorityHost.replace('127.0.0.1', hostFromMachine);
  const entra = { authority, authorityCa: { file: 'entra-ca.pem' } };
  return { mode: 'service-principal', clientId, tenantId, ...entra };
}

/** A line of base64 that stands in the middle of a PEM text, and in no other. */
function lineOf(pem: string): string {
  const lines = pem.split('\n').filter((line) => line.length === 64);
  return lines[Math.floor(lines.length / 2)] ?? '';
}

/** What leads a machine to the metadata service, which on an Azure VM is there without this. */
function imdsRoute({ azure }: Site): readonly string[] {
  const { port } = new URL(azure.imdsEndpoint);
  const match = ['-d', '169.254.169.254', '-p', 'tcp', '--dport', '80'];
  const target = ['-j', 'DNAT', '--to-destination', `${hostFromMachine}:${port}`];
  return ['iptables', '-t', 'nat', '-A', 'OUTPUT', ...match, ...target];
}

/** On the machine; whoever runs the rig's other programs there renews it. */
const federatedToken = '/etc/edge/federated-token';

interface MachineKey {
  readonly vmId: string;
  readonly privateKey: string;
  readonly principalId: string;
}

/** An Arc machine that is made before it boots, with the key where `flexgen` keeps it. */
async function preregister({ wish, site, folder }: AuthParts): Promise<MachineKey> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const base64 = (der: Buffer): string => der.toString('base64');
  const [, , subscription = '', , group = ''] = site.azure.resourceId.split('/');
  const id = `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.HybridCompute/machines/${wish.name}`;
  const key = { vmId: randomUUID(), privateKey: base64(privateKey.export({ type: 'pkcs1', format: 'der' })) };
  const machine = site.azure.machines.put(id, {
    location: 'westeurope',
    tags: {},
    vmId: key.vmId,
    clientPublicKey: base64(publicKey.export({ type: 'pkcs1', format: 'der' })),
  });
  const file = join(folder, '.flexgen/arc', subscription, group, `${wish.name}.json`);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, JSON.stringify(key), { mode: 0o600 });
  await site.controlPlane.applyFlexgenRbac({ objectIds: [machine.principalId] });
  return { ...key, principalId: machine.principalId };
}

const makers = {
  'bootstrap-token': async ({ site, folder }) => {
    const secret = await site.controlPlane.createBootstrapToken();
    const token = await keepSecret(folder, secret);
    return {
      section: { mode: 'bootstrap-token', token },
      secrets: [forgotten(secret)],
      user: /^system:bootstrap:/,
    };
  },
  'service-principal': async (parts) => {
    const secret = parts.wish.secret ?? parts.site.azure.credentials.secret;
    const section = { ...(await principal(parts)), secret: await keepSecret(parts.folder, secret) };
    return { section, secrets: [forgotten(secret)], user: named(application.objectId) };
  },
  'certificate': async (parts) => {
    const { pairFile, keyPem } = parts.site.azure.credentials.certificate;
    const section = { ...(await principal(parts)), certificate: { file: pairFile } };
    return { section, secrets: [forgotten(lineOf(keyPem))], user: named(application.objectId) };
  },
  'federated': async (parts) => {
    const section = { ...(await principal(parts)), federated: { file: federatedToken } };
    const { federatedToken: token } = parts.site.azure.credentials;
    const script = `umask 077; mkdir -p /etc/edge; printf %s "$1" >${federatedToken}`;
    const bootcmd = [['sh', '-c', script, 'sh', token]];
    return { section, secrets: [], bootcmd, user: named(application.objectId) };
  },
  'managed-identity': async ({ site }) => ({
    section: { mode: 'managed-identity' },
    secrets: [],
    bootcmd: [imdsRoute(site)],
    user: named(machineObjectId),
  }),
  'user-assigned': async ({ site }) => {
    const { clientId, objectId } = site.azure.credentials.managedIdentity;
    const section = { mode: 'managed-identity', clientId, objectId };
    return { section, secrets: [], bootcmd: [imdsRoute(site)], user: named(objectId) };
  },
  'arc': async (parts) => {
    const { privateKey, principalId } = await preregister(parts);
    const { agent, azure, mirror } = parts.site;
    const repository = `${mirror.serverUrl}/${agent.path(parts.wish.release)}`;
    const keyUrl = `${mirror.serverUrl}/${agent.keyPath}`;
    const [, , subscriptionId, , resourceGroup] = azure.resourceId.split('/');
    const section = {
      mode: 'arc',
      subscriptionId,
      resourceGroup,
      location: 'westeurope',
      tenantId: azure.credentials.tenantId,
      agent: { repository, keyUrl, keyFingerprint: agent.fingerprint },
    };
    // The agent keeps it as PEM, which has lines of 64 characters.
    const line = { text: privateKey.slice(640, 704), kept: ['var/opt/azcmagent/certs/myCert'] };
    return { section, secrets: [forgotten(privateKey), line], user: named(principalId) };
  },
} as const satisfies Record<AuthKind, Maker>;

/** Makes what a node of this wish signs in with. */
export const makeAuth = (parts: AuthParts): Promise<NodeAuth> => makers[parts.wish.auth](parts);
