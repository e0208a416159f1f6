import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { envelopes } from '../../src/render/cloud-init/envelopes/index.ts';
import type { EnvelopeName } from '../../src/render/cloud-init/envelopes/names.ts';
import type { MachineOptions, Release } from './machines/machine.ts';
import { makeAuth } from './node-auth.ts';
import type { AuthKind, Identity, NodeAuth } from './node-auth.ts';
import { clusterDns, serviceCidr } from './services/control-plane-args.ts';
import { versions } from './services/versions.ts';
import { clusterPodCidr } from './site.ts';
import type { Site } from './site.ts';

/** How a config names its cluster: by the server, its CA and more, or by a resource id alone. */
export type ClusterForm = 'server' | 'resource-id';

/** What a scenario says of its node; everything else is the rig's. Sections are merged key by key. */
export interface NodeWish {
  readonly name: string;
  readonly release: Release;
  readonly auth: AuthKind;
  /** Default: `server`. */
  readonly cluster?: ClusterForm;
  /** The secret of a service principal where it shall not be the right one. */
  readonly secret?: string;
  /** In place of the lock file of the rig's artifacts. */
  readonly lock?: string;
  /** Laid over the config: a section's keys win. */
  readonly config?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Text of a cloud-config to merge. */
  readonly userData?: string;
  /** What the payload is for; default: a stock image. */
  readonly image?: 'stock' | 'golden';
  /** What it is handed over in; default: as the text that it is. */
  readonly envelope?: EnvelopeName;
}

type Section = Record<string, unknown>;

/** The config's sections that say which cluster it is. */
async function clusterSections(
  { cluster }: NodeWish,
  { azure, controlPlane }: Site,
  folder: string,
): Promise<Record<string, Section>> {
  if (cluster === 'resource-id') {
    const ca = { file: azure.caFile };
    const endpoints = { resourceManager: azure.endpoint, authority: azure.authorityHost, ca };
    return { cluster: { resourceId: azure.resourceId }, azure: { endpoints } };
  }
  await writeFile(join(folder, 'cluster-ca.pem'), controlPlane.caPem);
  return {
    cluster: {
      name: 'rig',
      server: controlPlane.server,
      ca: { file: 'cluster-ca.pem' },
      kubernetesVersion: versions.kubernetes,
      clusterDNS: [clusterDns],
      serviceCIDRs: [serviceCidr],
      podCIDRs: [clusterPodCidr],
    },
  };
}

/** A node's payload, who it is, and what its machine has from elsewhere. */
export interface RenderedNode {
  readonly userData: string;
  /** The same as the machine gets it. */
  readonly delivered: Pick<MachineOptions, 'userData' | 'drive'>;
  readonly identity: Identity;
  readonly bootcmd: NodeAuth['bootcmd'];
}

interface WrittenConfig {
  readonly file: string;
  readonly auth: NodeAuth;
}

/** Writes a config for this node of the site, and the files that it names. */
export async function writeConfig(
  wish: NodeWish,
  site: Site,
  folder: string,
  index: number,
): Promise<WrittenConfig> {
  await mkdir(folder, { recursive: true });
  const auth = await makeAuth({ wish, site, folder });
  await writeFile(join(folder, 'mirror-ca.pem'), site.mirror.caPem);
  await writeFile(join(folder, 'flexgen.lock.json'), wish.lock ?? site.artifacts.lock);
  if (wish.userData !== undefined) await writeFile(join(folder, 'mine.yaml'), wish.userData);
  const config: Record<string, Section | string> = {
    apiVersion: 'flexgen/v1',
    ...(await clusterSections(wish, site, folder)),
    auth: { ...auth.section },
    node: { name: wish.name, os: wish.release, arch: 'amd64' },
    network: { mode: 'bridge', podCIDR: `10.245.${index}.0/24` },
    versions: {
      containerd: versions.containerd,
      runc: versions.runc,
      cniPlugins: versions.cniPlugins,
      crictl: versions.crictl,
    },
    artifacts: { mirror: site.mirror.serverUrl, ca: { file: 'mirror-ca.pem' }, lock: 'flexgen.lock.json' },
    runtime: { registryMirrors: { _default: [site.registry.url] } },
    ...(wish.userData === undefined ? {} : { userData: { merge: 'mine.yaml' } }),
  };
  for (const [section, keys] of Object.entries(wish.config ?? {})) {
    // Another network mode has other keys.
    const base = section === 'network' ? {} : (config[section] as Section | undefined);
    config[section] = { ...base, ...keys };
  }
  const file = join(folder, 'flexgen.yaml');
  await writeFile(file, JSON.stringify(config, null, 2));
  return { file, auth };
}

/** What flexgen writes in this envelope. */
async function wrapped(
  envelope: EnvelopeName,
  args: readonly string[],
  site: Site,
  folder: string,
): Promise<Partial<RenderedNode['delivered']>> {
  const { extension, drive } = envelopes[envelope];
  const out = join(folder, `payload${extension}`);
  await site.workstation.flexgen([...args, '--envelope', envelope, '--out', out]);
  const bytes = await readFile(out);
  return drive === true ? { drive: bytes } : { userData: bytes };
}

/** Renders a node of the site with the built flexgen, as a user would. */
export async function renderUserData(
  wish: NodeWish,
  site: Site,
  folder: string,
  index: number,
): Promise<RenderedNode> {
  const { file, auth } = await writeConfig(wish, site, folder, index);
  const image = wish.image === undefined ? [] : ['--image', wish.image];
  const args = ['cloud-init', '--config', file, ...image];
  const userData = await site.workstation.flexgen(args);
  await writeFile(join(folder, 'user-data.yaml'), userData, { mode: 0o600 });
  const delivered = wish.envelope === undefined ? {} : await wrapped(wish.envelope, args, site, folder);
  return {
    userData,
    delivered: { userData, ...delivered },
    identity: auth.identity(userData),
    bootcmd: auth.bootcmd,
  };
}
