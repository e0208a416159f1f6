import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Release } from './machines/machine.ts';
import { clusterDns, hostFromMachine, serviceCidr } from './services/control-plane-args.ts';
import { run } from './services/run.ts';
import { versions } from './services/versions.ts';
import { clusterPodCidr } from './site.ts';
import type { Site } from './site.ts';

/** What a scenario says of its node; everything else is the rig's. Sections are merged key by key. */
export interface NodeWish {
  readonly name: string;
  readonly release: Release;
  readonly auth: 'bootstrap-token' | 'service-principal';
  /** The secret of a service principal where it shall not be the right one. */
  readonly secret?: string;
  /** Laid over the config: a section's keys win. */
  readonly config?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Text of a cloud-config to merge. */
  readonly userData?: string;
}

type Section = Record<string, unknown>;

async function authSection(
  wish: NodeWish,
  site: Site,
  folder: string,
): Promise<{ auth: Section; secret: string }> {
  const file = 'secret.txt';
  if (wish.auth === 'bootstrap-token') {
    const secret = await site.controlPlane.createBootstrapToken();
    await writeFile(join(folder, file), secret, { mode: 0o600 });
    return { auth: { mode: wish.auth, token: { file } }, secret };
  }
  const { authorityHost, caPem, credentials } = site.azure;
  const secret = wish.secret ?? credentials.secret;
  await writeFile(join(folder, file), secret, { mode: 0o600 });
  await writeFile(join(folder, 'entra-ca.pem'), caPem);
  const { clientId, tenantId } = credentials;
  const url = authorityHost.replace('127.0.0.1', hostFromMachine);
  const authority = { authority: url, authorityCa: { file: 'entra-ca.pem' } };
  return { auth: { mode: wish.auth, clientId, tenantId, secret: { file }, ...authority }, secret };
}

/**
 * Writes a config for this node of the site and renders it with the built flexgen, as a user would.
 * Returns the user-data and the secret inside it.
 */
export async function renderUserData(
  wish: NodeWish,
  site: Site,
  folder: string,
  index: number,
): Promise<{ userData: string; secret: string }> {
  await mkdir(folder, { recursive: true });
  const { auth, secret } = await authSection(wish, site, folder);
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
    auth,
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
  return { userData, secret };
}
