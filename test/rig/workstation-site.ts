import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startAzure } from '../azure/server/start.ts';
import type { Azure } from '../azure/server/azure.ts';
import { writesTo } from '../azure-cli/support.ts';
import { execute, program } from '../cli/run.ts';
import type { Outcome } from '../cli/run.ts';
import { startClusterSite } from './cluster-site.ts';
import type { ClusterSite } from './cluster-site.ts';
import { atRest } from './services/objects.ts';
import { operatorRbac } from './services/rbac.ts';
import { versions } from './services/versions.ts';

/** A subscription with one cluster, whose API server is a real one, and flexgen on a workstation that is signed in. */
export interface WorkstationSite {
  readonly azure: Azure;
  readonly cluster: ClusterSite;
  /** An empty folder but for a flexgen.yaml that has the cluster's resource id and these parts. */
  folder(name: string, parts: Readonly<Record<string, unknown>>): Promise<string>;
  flexgen(args: string, cwd: string): Promise<Outcome>;
  /** The requests to Azure since the last call that change something there: method, what, status. */
  azureWrites(): readonly string[];
  /** Everything that Azure and the cluster hold. */
  everything(): Promise<object>;
  stop(): Promise<void>;
}

export async function startWorkstationSite(dir: string): Promise<WorkstationSite> {
  const azure = await startAzure();
  try {
    const cluster = await startClusterSite(dir, azure.authenticationConfig);
    const { controlPlane } = cluster;
    azure.setCluster({
      server: `https://127.0.0.1:${controlPlane.port}`,
      caPem: controlPlane.caPem,
      kubernetesVersion: versions.kubernetes,
      currentKubernetesVersion: versions.kubernetes,
    });
    await controlPlane.apply(operatorRbac(azure.credentials.userObjectId));
    const everything = async (): Promise<object> => ({
      machines: azure.machines.all(),
      roleAssignments: azure.roleAssignments,
      objects: await cluster.objects(),
    });
    await atRest(everything);
    const endpoints = {
      resourceManager: azure.endpoint,
      authority: azure.authorityHost,
      ca: { file: azure.caFile },
    };
    return {
      azure,
      cluster,
      everything,
      async folder(name, parts) {
        const folder = join(dir, name);
        await mkdir(folder, { recursive: true });
        const config = {
          apiVersion: 'flexgen/v1',
          cluster: { resourceId: azure.resourceId },
          azure: { endpoints },
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
      azureWrites: writesTo(azure),
      async stop() {
        await Promise.all([controlPlane.stop(), azure.stop()]);
      },
    };
  } catch (error) {
    await azure.stop();
    throw error;
  }
}
