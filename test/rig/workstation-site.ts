import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startAzure } from '../azure/server/start.ts';
import type { Azure, RecordedRequest } from '../azure/server/azure.ts';
import { execute, program } from '../cli/run.ts';
import type { Outcome } from '../cli/run.ts';
import { buildBinaries } from './services/binaries.ts';
import { startControlPlane } from './services/control-plane.ts';
import type { ControlPlane } from './services/control-plane.ts';
import { ensureTools } from './services/tools.ts';
import { versions } from './services/versions.ts';

/** A subscription with one cluster, whose API server is a real one, and flexgen at a workstation that is signed in. */
export interface WorkstationSite {
  readonly azure: Azure;
  readonly controlPlane: ControlPlane;
  /** A folder with this config as its flexgen.yaml: `auth` and whatever else is not the site's. */
  folder(name: string, parts: Readonly<Record<string, unknown>>): Promise<string>;
  flexgen(args: string, cwd: string): Promise<Outcome>;
  /** What was asked of Azure since the last call. */
  asked(): readonly RecordedRequest[];
  stop(): Promise<void>;
}

/** What `az login` as this user may do in the cluster: the one who prepares it. */
async function admit({ apply }: ControlPlane, objectId: string): Promise<void> {
  const apiGroup = 'rbac.authorization.k8s.io';
  await apply({
    apiVersion: `${apiGroup}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name: 'rig:operator' },
    roleRef: { apiGroup, kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ apiGroup, kind: 'User', name: objectId }],
  });
}

export async function startWorkstationSite(dir: string): Promise<WorkstationSite> {
  await ensureTools();
  const azure = await startAzure();
  try {
    const controlPlane = await startControlPlane({
      dir: join(dir, 'control-plane'),
      binaries: await buildBinaries(),
      authenticationConfig: azure.authenticationConfig,
    });
    azure.setCluster({
      server: `https://127.0.0.1:${controlPlane.port}`,
      caPem: controlPlane.caPem,
      kubernetesVersion: versions.kubernetes,
      currentKubernetesVersion: versions.kubernetes,
    });
    await admit(controlPlane, azure.credentials.userObjectId);
    let seen = 0;
    return {
      azure,
      controlPlane,
      async folder(name, parts) {
        const folder = join(dir, name);
        await mkdir(folder, { recursive: true });
        const config = {
          apiVersion: 'flexgen/v1',
          cluster: { resourceId: azure.resourceId },
          azure: {
            endpoints: {
              resourceManager: azure.endpoint,
              authority: azure.authorityHost,
              ca: { file: azure.caFile },
            },
          },
          ...parts,
        };
        await writeFile(join(folder, 'flexgen.yaml'), JSON.stringify(config, null, 2));
        return folder;
      },
      flexgen: (args, cwd) =>
        execute(process.execPath, [program, ...args.split(' ')], {
          cwd,
          env: { PATH: `${azure.commandLines.dir}:/usr/bin:/bin`, HOME: cwd },
        }),
      asked() {
        const fresh = azure.requests.slice(seen);
        seen = azure.requests.length;
        return fresh;
      },
      async stop() {
        await Promise.all([controlPlane.stop(), azure.stop()]);
      },
    };
  } catch (error) {
    await azure.stop();
    throw error;
  }
}
