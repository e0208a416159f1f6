import { openApiServer } from '../kubernetes/access.ts';
import type { ApiServer } from '../kubernetes/access.ts';
import type { Grants } from '../kubernetes/bindings.ts';
import { chooseEntry } from '../kubernetes/kubeconfig.ts';
import { clusterConfig } from './cluster-config.ts';
import { exitCodes } from './exit-codes.ts';
import type { ExitCode } from './exit-codes.ts';
import { kubeconfigFiles } from './kubeconfig-files.ts';
import { printDiagnostics } from './report.ts';
import { version } from './version.ts';
import type { World } from './world.ts';

export interface ClusterOptions {
  readonly config: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly json?: boolean;
}

export interface Session {
  readonly api: ApiServer;
  readonly grants: Grants;
  /** The cluster as the config calls it. */
  readonly name: string;
}

/** From a config to its API server; problems are printed, and the exit code returned. Throws ClusterRefused. */
export async function openSession(options: ClusterOptions, world: World): Promise<Session | ExitCode> {
  const config = await clusterConfig(options.config, world);
  await printDiagnostics(config.ok ? config.warnings : config.errors, world);
  if (!config.ok) return exitCodes.config;
  const { facts, grants } = config.value;
  const files = await kubeconfigFiles(options.kubeconfig, world);
  const entry = files.ok
    ? chooseEntry(files.value, {
        server: facts.server,
        context: options.context,
        byHand: options.kubeconfig !== undefined || options.context !== undefined,
      })
    : files;
  await printDiagnostics(entry.ok ? entry.warnings : entry.errors, world);
  if (!entry.ok) return exitCodes.usage;
  const userAgent = `flexgen/${version}`;
  const api = await openApiServer(entry.value, { ca: facts.ca, env: world.env, userAgent });
  return { api, grants, name: facts.name };
}
