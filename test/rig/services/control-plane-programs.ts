import { request } from 'node:https';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { apiServerArgs, controllerManagerArgs, etcdArgs, schedulerArgs } from './control-plane-args.ts';
import type { ControlPlaneLayout } from './control-plane-args.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { withHostsFile } from './node-names.ts';
import { freePort, startService, until } from './processes.ts';
import type { Service } from './processes.ts';

/**
 * Starts the four programs of a control plane, waiting for the API server before those that need it. Each is pushed
 * onto `services` as it starts, so that the caller can end them even if the next one fails.
 */
export async function startPrograms(
  layout: ControlPlaneLayout,
  { kubernetes }: Binaries,
  hostsFile: string,
  services: Service[],
): Promise<void> {
  const start = async (name: string, command: string, args: readonly string[]): Promise<void> => {
    const logFile = join(layout.dir, `${name}.log`);
    services.push(await startService({ name, command, args, logFile }));
  };
  await start('etcd', 'etcd', etcdArgs(layout));
  const apiServer = withHostsFile(hostsFile, join(kubernetes, 'kube-apiserver'), apiServerArgs(layout));
  await start('kube-apiserver', apiServer.command, apiServer.args);
  await until('kube-apiserver ready', () => answersReady(layout), { seconds: 120, services });
  for (const [name, args] of [
    ['kube-controller-manager', controllerManagerArgs],
    ['kube-scheduler', schedulerArgs],
  ] as const) {
    const kubeconfig = await kubeconfigFor(layout, name, `system:${name}`);
    await start(name, join(kubernetes, name), args(layout, kubeconfig, await freePort()));
  }
}

/** Writes a kubeconfig for this host whose user is a new client certificate, and returns its path. */
export async function kubeconfigFor(
  { dir, ca, port }: ControlPlaneLayout,
  name: string,
  commonName: string,
  organization?: string,
): Promise<string> {
  const file = join(dir, `${name}.kubeconfig`);
  const client = await ca.issue({
    file: name,
    commonName,
    ...(organization === undefined ? {} : { organization }),
  });
  await writeKubeconfig(file, { server: `https://127.0.0.1:${port}`, caFile: ca.certFile, client });
  return file;
}

/** Whether /readyz says 200; a refused connection is a no. */
async function answersReady({ port, ca }: ControlPlaneLayout): Promise<boolean> {
  const options = { host: '127.0.0.1', port, path: '/readyz', ca: ca.certPem, agent: false };
  return new Promise((resolve) => {
    request(options, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    })
      .on('error', () => resolve(false))
      .end();
  });
}
