import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Release } from './machines/machine.ts';
import { makeAuth } from './node-auth.ts';
import type { AuthKind, NodeAuth } from './node-auth.ts';
import { clusterDns, serviceCidr } from './services/control-plane-args.ts';
import { run } from './services/run.ts';
import { versions } from './services/versions.ts';
import { clusterPodCidr } from './site.ts';
import type { Site } from './site.ts';

/** What a scenario says of its node; everything else is the rig's. Sections are merged key by key. */
export interface NodeWish {
  readonly name: string;
  readonly release: Release;
  readonly auth: AuthKind;
  /** The secret of a service principal where it shall not be the right one. */
  readonly secret?: string;
  /** Laid over the config: a section's keys win. */
  readonly config?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Text of a cloud-config to merge. */
  readonly userData?: string;
}

type Section = Record<string, unknown>;

/**
 * Writes a config for this node of the site and renders it with the built flexgen, as a user would.
 * Returns the user-data, with what its machine has from elsewhere.
 */
export async function renderUserData(
  wish: NodeWish,
  site: Site,
  folder: string,
  index: number,
): Promise<{ userData: string; identity: NodeAuth }> {
  await mkdir(folder, { recursive: true });
  const identity = await makeAuth({ wish, site, folder });
  await writeFile(join(folder, 'cluster-ca.pem'), site.controlPlane.caPem);
  await writeFile(join(folder, 'mirror-ca.pem'), site.mirror.caPem);
  await writeFile(join(folder, 'flexgen.lock.json'), site.artifacts.lock);
  if (wish.userData !== undefined) await writeFile(join(folder, 'mine.yaml'), wish.userData);
  const config: Record<string, Section | string> = {
    apiVersion: 'flexgen/v1',
    cluster: {
      name: 'rig',
      server: site.controlPlane.server,
      ca: { file: 'cluster-ca.pem' },
      kubernetesVersion: versions.kubernetes,
      clusterDNS: [clusterDns],
      serviceCIDRs: [serviceCidr],
      podCIDRs: [clusterPodCidr],
    },
    auth: { ...identity.section },
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
  await writeFile(join(folder, 'flexgen.yaml'), JSON.stringify(config, null, 2));
  const userData = await run('node', [
    'dist/flexgen.js',
    'cloud-init',
    '--config',
    join(folder, 'flexgen.yaml'),
  ]);
  await writeFile(join(folder, 'user-data.yaml'), userData, { mode: 0o600 });
  return { userData, identity };
}
