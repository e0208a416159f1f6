import type { Overrides } from '../../config/load.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { ApiServer } from '../../kubernetes/api-server.ts';
import type { Wish } from '../../kubernetes/wish.ts';
import { clusterConfig } from './config.ts';
import { connectCluster } from './connect.ts';
import type { ConnectOptions } from './connect.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { printed } from '../report.ts';
import type { World } from '../world.ts';

export interface ClusterOptions extends ConnectOptions, Overrides {
  readonly config: string;
  readonly json?: boolean;
}

export interface Session {
  readonly api: ApiServer;
  readonly wish: Wish;
  /** The cluster as the config calls it. */
  readonly name: string;
}

/** How a command ends that found no way to the cluster: which kubeconfig is meant, the command line says. */
export function connectionCode(errors: readonly Diagnostic[]): ExitCode {
  const aboutKubeconfig = errors.some(({ code }) => code === 'cluster/kubeconfig');
  return aboutKubeconfig ? exitCodes.usage : exitCodeOf(errors);
}

/** From a config to its API server; problems are printed, and the exit code returned. Throws ClusterRefused. */
export async function openSession(
  options: ClusterOptions,
  removes: boolean,
  world: World,
): Promise<Session | ExitCode> {
  const config = await printed(await clusterConfig(options.config, { ...options, removes }, world), world);
  if (typeof config === 'number') return config;
  const { target, wish } = config.value;
  const api = await printed(await connectCluster(target, options, world), world, connectionCode);
  return typeof api === 'number' ? api : { api: api.value, wish, name: target.facts.name };
}
