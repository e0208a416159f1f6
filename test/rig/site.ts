import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { application } from '../azure/server/applications.ts';
import type { Azure, Cluster } from '../azure/server/azure.ts';
import { startAzure } from '../azure/server/start.ts';
import { buildAgentRepository } from './agent-repository.ts';
import type { AgentRepository } from './agent-repository.ts';
import { buildArtifacts } from './services/artifacts.ts';
import type { Artifacts } from './services/artifacts.ts';
import { buildBinaries } from './services/binaries.ts';
import { startControlPlane } from './services/control-plane.ts';
import type { ControlPlane } from './services/control-plane.ts';
import { clusterDns, serviceCidr } from './services/control-plane-args.ts';
import { startMirror } from './services/mirror.ts';
import type { Mirror } from './services/mirror.ts';
import { timed } from './services/progress.ts';
import { rigName } from './services/pki.ts';
import { operatorRbac } from './services/rbac.ts';
import { startRegistry } from './services/registry.ts';
import type { Registry } from './services/registry.ts';
import { ensureTools } from './services/tools.ts';
import { versions } from './services/versions.ts';
import { createWorkstation } from './workstation.ts';
import type { Workstation } from './workstation.ts';

/** Everything outside the machines: the cluster, its identity provider, and where downloads come from. */
export interface Site {
  /** Arc's agent, below the mirror. */
  readonly agent: AgentRepository;
  readonly artifacts: Artifacts;
  /** Its one cluster is the control plane. */
  readonly azure: Azure;
  readonly controlPlane: ControlPlane;
  readonly mirror: Mirror;
  readonly registry: Registry;
  readonly workstation: Workstation;
  stop(): Promise<void>;
}

/** What the cluster hands out to nodes; a bridge node of a scenario takes its range elsewhere. */
export const clusterPodCidr = '10.244.0.0/16';
export const clusterPodCidr6 = 'fd00:10:244::/48';

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
    const azure = keep(await startAzure({ cluster: { name: 'rig' } }));
    const agent = await buildAgentRepository(join(dir, 'agent'), azure);
    const roots = [artifacts.dir, agent.root];
    const mirror = keep(await startMirror({ roots, dir: join(dir, 'mirror') }));
    const registry = keep(await startRegistry({ dir: join(dir, 'registry'), binaries }));
    const controlPlane = keep(
      await timed('starting the control plane', () =>
        startControlPlane({
          dir: join(dir, 'control-plane'),
          binaries,
          clusterCidr: `${clusterPodCidr},${clusterPodCidr6}`,
          authenticationConfig: azure.authenticationConfig,
        }),
      ),
    );
    azure.setCluster(clusterIn(controlPlane));
    await controlPlane.apply(operatorRbac(azure.credentials.userObjectId));
    // For configs that name the server; what the others need is flexgen's to grant.
    await controlPlane.applyFlexgenRbac({ objectIds: [application.objectId] });
    const workstation = await createWorkstation(dir, azure);
    return { agent, artifacts, azure, controlPlane, mirror, registry, workstation, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What Azure says of the control plane. */
function clusterIn({ port, caPem }: ControlPlane): Partial<Cluster> {
  return {
    server: `https://${rigName}:${port}`,
    caPem,
    kubernetesVersion: versions.kubernetes,
    currentKubernetesVersion: versions.kubernetes,
    podCidrs: [clusterPodCidr],
    serviceCidrs: [serviceCidr],
    dnsServiceIP: clusterDns,
  };
}
