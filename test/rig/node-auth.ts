import { execFileSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { application } from '../azure/server/applications.ts';
import { machineObjectId } from '../azure/server/imds.ts';
import type { MachineSecret } from '../secrets/on-machine.ts';
import { primesOf } from '../../src/node/auth/primes.ts';
import type { Release } from './machines/machine.ts';
import type { NodeWish } from './node-config.ts';
import { hostFromMachine } from './services/control-plane-args.ts';
import { rigName } from './services/pki.ts';
import type { Site } from './site.ts';

/** How nodes of the rig sign in. `minted`: with a bootstrap token that flexgen makes. */
export type AuthKind =
  | 'bootstrap-token'
  | 'minted'
  | 'service-principal'
  | 'certificate'
  | 'federated'
  | 'managed-identity'
  | 'user-assigned'
  | 'arc';

/** What a machine is given to join with; a key by one line of its base64. */
export interface Secret {
  readonly name: MachineSecret;
  readonly text: string;
}

/** Who a node is, once its payload is rendered. */
export interface Identity {
  readonly secrets: readonly Secret[];
  /** Who asks the cluster for the node's certificate. */
  readonly user: RegExp;
}

/** What a node signs in with. */
export interface NodeAuth {
  /** The config's section. */
  readonly section: Readonly<Record<string, unknown>>;
  /** What the machine has from elsewhere: commands of each boot. */
  readonly bootcmd?: readonly (readonly string[])[];
  identity(userData: string): Identity;
}

export interface AuthParts {
  readonly wish: NodeWish;
  readonly site: Site;
  /** The config's folder. */
  readonly folder: string;
}

const bootstrapUser = /^system:bootstrap:/;
const userOf = (objectId: string): RegExp => new RegExp(`^${objectId}$`);

type Maker = (parts: AuthParts) => Promise<NodeAuth>;

async function keepSecret(folder: string, secret: string): Promise<{ file: string }> {
  const file = 'secret.txt';
  await writeFile(join(folder, file), secret, { mode: 0o600 });
  return { file };
}

/** The application with this proof, and Entra by the name that leads there from the workstation and from a machine. */
async function principal({ site, folder }: AuthParts, proof: object): Promise<NodeAuth['section']> {
  const { authorityHost, caPem, credentials } = site.azure;
  await writeFile(join(folder, 'entra-ca.pem'), caPem);
  const { clientId, tenantId } = credentials;
  const authority = authorityHost.replace('127.0.0.1', rigName);
  const entra = { authority, authorityCa: { file: 'entra-ca.pem' } };
  return { mode: 'service-principal', clientId, tenantId, ...proof, ...entra };
}

/** The key of these primes, as the machine makes it. */
export function keyOf(primes: string): KeyObject {
  const script = 'templates/node/usr/local/lib/flexgen/rsa';
  const der = Buffer.from(execFileSync('python3', [script], { input: primes, encoding: 'utf8' }), 'base64');
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs1' });
}

/** A key in each form that the machine has seen: its primes, one line of base64; and PEM, which may have another name. */
function keySecrets(key: KeyObject, name: MachineSecret, pem = name): readonly Secret[] {
  const whole = key.export({ type: 'pkcs1', format: 'der' }).toString('base64');
  const [p = '', q = ''] = primesOf(key).split(' ');
  // PEM has lines of 64 characters.
  const line = { name: pem, text: whole.slice(640, 704) };
  return [...[p, q, whole].map((text) => ({ name, text })), line];
}

/** What leads a machine to the metadata service, which on an Azure VM is there without this. */
function imdsRoute({ azure }: Site): readonly string[] {
  const { port } = new URL(azure.imdsEndpoint);
  const match = ['-d', '169.254.169.254', '-p', 'tcp', '--dport', '80'];
  const target = ['-j', 'DNAT', '--to-destination', `${hostFromMachine}:${port}`];
  return ['iptables', '-t', 'nat', '-A', 'OUTPUT', ...match, ...target];
}

/** On the machine: not flexgen's, and there before it. */
const federatedToken = '/etc/edge/federated-token';

/** Where the machines of a release get Arc's agent. */
export function agentSection({ agent, mirror }: Site, release: Release): Readonly<Record<string, string>> {
  return {
    repository: `${mirror.serverUrl}/${agent.path(release)}`,
    keyUrl: `${mirror.serverUrl}/${agent.keyPath}`,
    keyFingerprint: agent.fingerprint,
  };
}

const makers = {
  'bootstrap-token': async ({ site, folder }) => {
    const secret = await site.controlPlane.createBootstrapToken();
    return {
      section: { mode: 'bootstrap-token', token: await keepSecret(folder, secret) },
      identity: () => ({ secrets: [{ name: 'bootstrap token', text: secret }], user: bootstrapUser }),
    };
  },
  'minted': async () => ({
    section: { mode: 'bootstrap-token', ttl: '1h' },
    identity: (userData) => {
      const [, token = ''] = /kubelet\/token\n[^/]*\b([a-z0-9]{6}\.[a-z0-9]{16})\b/.exec(userData) ?? [];
      return { secrets: [{ name: 'bootstrap token', text: token }], user: bootstrapUser };
    },
  }),
  'service-principal': async (parts) => {
    const secret = parts.wish.secret ?? parts.site.azure.credentials.secret;
    return {
      section: await principal(parts, { secret: await keepSecret(parts.folder, secret) }),
      identity: () => ({
        secrets: [{ name: 'client secret', text: secret }],
        user: userOf(application.objectId),
      }),
    };
  },
  'certificate': async (parts) => {
    const { pairFile, keyPem } = parts.site.azure.credentials.certificate;
    return {
      section: await principal(parts, { certificate: { file: pairFile } }),
      identity: () => ({
        secrets: keySecrets(createPrivateKey(keyPem), 'certificate’s private key'),
        user: userOf(application.objectId),
      }),
    };
  },
  'federated': async (parts) => {
    const { objectId } = application;
    const token = parts.site.azure.credentials.federatedToken;
    // The script of a hook, which no program has among its arguments.
    const script = ['umask 077', 'mkdir -p /etc/edge', `printf %s '${token}' >${federatedToken}`].join('; ');
    return {
      section: await principal(parts, { federated: { file: federatedToken }, objectId }),
      bootcmd: [['eval', script]],
      identity: () => ({ secrets: [{ name: 'federated token', text: token }], user: userOf(objectId) }),
    };
  },
  'managed-identity': async ({ site }) => ({
    section: { mode: 'managed-identity', objectId: machineObjectId },
    bootcmd: [imdsRoute(site)],
    identity: () => ({ secrets: [], user: userOf(machineObjectId) }),
  }),
  'user-assigned': async ({ site }) => {
    const { clientId, objectId } = site.azure.credentials.managedIdentity;
    return {
      section: { mode: 'managed-identity', clientId, objectId },
      bootcmd: [imdsRoute(site)],
      identity: () => ({ secrets: [], user: userOf(objectId) }),
    };
  },
  'arc': async ({ wish, site }) => {
    return {
      section: { mode: 'arc', agent: agentSection(site, wish.release) },
      identity: (userData) => {
        const [, primes = ''] = /"private-key": *"([^"]+)"/.exec(userData) ?? [];
        const machine = site.azure.machines.all().find(({ name }) => name === wish.name);
        return {
          secrets: keySecrets(
            keyOf(primes),
            'Arc machine’s private key, as the payload has it',
            'Arc machine’s private key, as the agent has it',
          ),
          user: userOf(machine?.principalId ?? ''),
        };
      },
    };
  },
} as const satisfies Record<AuthKind, Maker>;

/** Makes what a node of this wish signs in with. */
export const makeAuth = (parts: AuthParts): Promise<NodeAuth> => makers[parts.wish.auth](parts);
