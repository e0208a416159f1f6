import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buildArtifacts } from './services/artifacts.ts';
import type { Artifacts } from './services/artifacts.ts';
import { buildBinaries } from './services/binaries.ts';
import { startControlPlane } from './services/control-plane.ts';
import type { ControlPlane } from './services/control-plane.ts';
import { startEntra } from './services/entra.ts';
import type { Entra } from './services/entra.ts';
import { startMirror } from './services/mirror.ts';
import type { Mirror } from './services/mirror.ts';
import { timed } from './services/progress.ts';
import { startRegistry } from './services/registry.ts';
import type { Registry } from './services/registry.ts';
import { ensureTools } from './services/tools.ts';

/** Everything outside the machines: the cluster, its identity provider, and where downloads come from. */
export interface Site {
  readonly artifacts: Artifacts;
  readonly controlPlane: ControlPlane;
  readonly entra: Entra;
  readonly mirror: Mirror;
  readonly registry: Registry;
  stop(): Promise<void>;
}

/** The one application of the rig's tenant. Its secret has every character that a form or a shell could trip over. */
export const application = {
  tenantId: '7a1f3c52-0d4e-4b6f-9a83-1c2d3e4f5a6b',
  clientId: '2b8e6d10-5f3a-4c7b-8e9d-0a1b2c3d4e5f',
  objectId: '9c0d1e2f-3a4b-4c5d-8e6f-7a8b9c0d1e2f',
  secret: `p+l&u=s%20 "q'uo\`te$(id)\\é#~x`,
} as const;

/** What the cluster hands out to nodes; a bridge node of a scenario takes its range elsewhere. */
export const clusterPodCidr = '10.244.0.0/16';

/** Builds what is missing and starts it; `dir` takes keys, data and logs. */
export async function startSite(dir: string): Promise<Site> {
  await ensureTools();
  const binaries = await buildBinaries();
  const artifacts = await buildArtifacts(binaries);
  await mkdir(dir, { recursive: true });
  const running: { stop(): Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((service) => service.stop()));
  };
  const keep = <T extends { stop(): Promise<void> }>(service: T): T => {
    running.push(service);
    return service;
  };
  try {
    const entra = keep(await startEntra({ dir: join(dir, 'entra'), ...application }));
    const mirror = keep(await startMirror({ root: artifacts.dir, dir: join(dir, 'mirror') }));
    const registry = keep(await startRegistry({ dir: join(dir, 'registry'), binaries }));
    const controlPlane = keep(
      await timed('starting the control plane', () =>
        startControlPlane({
          dir: join(dir, 'control-plane'),
          binaries,
          clusterCidr: clusterPodCidr,
          authenticationConfig: entra.authenticationConfig,
        }),
      ),
    );
    await controlPlane.applyFlexgenRbac({ objectIds: [application.objectId] });
    return { artifacts, controlPlane, entra, mirror, registry, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
