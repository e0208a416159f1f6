import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, startService, until } from '../../rig/services/processes.ts';

export interface PlainRegistry {
  readonly port: number;
  stop(): Promise<void>;
}

/** A registry that everybody may read and write; `tls` are its certificate's files. */
export async function startRegistry(
  dir: string,
  tls?: { readonly certificate: string; readonly key: string },
): Promise<PlainRegistry> {
  mkdirSync(dir, { recursive: true });
  const port = await freePort();
  const configFile = join(dir, 'config.yml');
  const config = {
    version: 0.1,
    storage: { filesystem: { rootdirectory: join(dir, 'blobs') } },
    http: { addr: `127.0.0.1:${port}`, ...(tls === undefined ? {} : { tls }) },
  };
  writeFileSync(configFile, JSON.stringify(config));
  const service = await startService({
    name: 'docker-registry',
    command: 'docker-registry',
    args: ['serve', configFile],
    logFile: join(dir, 'registry.log'),
  });
  // Over TLS it answers what is no TLS with 400.
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/v2/`).then(
      () => true,
      () => false,
    );
  await until('registry ready', answers, { seconds: 20, services: [service] });
  return { port, stop: () => service.stop() };
}
