import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { hostFromMachine } from './control-plane-args.ts';
import { programImage, writeOciImage } from './oci.ts';
import type { ImageContent } from './oci.ts';
import { freePort, startService, until } from './processes.ts';
import { run } from './run.ts';
import { images } from './versions.ts';

export interface RegistryOptions {
  /** Takes the blobs, the config and the log. */
  readonly dir: string;
  readonly binaries: Binaries;
}

/** An image registry over plain HTTP that holds the rig's images. */
export interface Registry {
  /** As a machine reaches it, for `runtime.registryMirrors: {_default: [URL]}`. */
  readonly url: string;
  readonly localUrl: string;
  readonly logFile: string;
  /** Adds an image, as a pod names it. */
  push(image: string, content: ImageContent): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts Debian's docker-registry and pushes to it what every node needs; the other images of `versions.ts` are some
 * scenarios' matter.
 */
export async function startRegistry({ dir, binaries }: RegistryOptions): Promise<Registry> {
  await mkdir(dir, { recursive: true });
  const port = await freePort();
  const config = {
    version: 0.1,
    log: { accesslog: { disabled: false } },
    storage: { filesystem: { rootdirectory: join(dir, 'blobs') } },
    http: { addr: `127.0.0.1:${port}` },
  };
  const configFile = join(dir, 'config.yml');
  const logFile = join(dir, 'registry.log');
  await writeFile(configFile, JSON.stringify(config));
  const args = ['serve', configFile];
  const service = await startService({ name: 'docker-registry', command: 'docker-registry', args, logFile });
  const localUrl = `http://127.0.0.1:${port}`;
  const push: Registry['push'] = async (image, content) => {
    const layout = join(dir, image.replaceAll(/[^a-z0-9.-]/g, '-'));
    await writeOciImage(layout, content);
    const target = `docker://127.0.0.1:${port}/${withoutHost(image)}`;
    const copy = ['--insecure-policy', 'copy', '--quiet', '--dest-tls-verify=false', '--preserve-digests'];
    await run('skopeo', [...copy, `oci:${layout}:latest`, target]);
    await rm(layout, { recursive: true });
  };
  try {
    await until('registry ready', () => answers(`${localUrl}/v2/`), { seconds: 30, services: [service] });
    for (const name of ['pause', 'hello'] as const) {
      await push(images[name], programImage(binaries.standins, name));
    }
  } catch (error) {
    await service.stop();
    throw error;
  }
  return { url: `http://${hostFromMachine}:${port}`, localUrl, logFile, push, stop: () => service.stop() };
}

/** containerd asks a mirror for `REPOSITORY:TAG`, and tells it the host only as a parameter. */
function withoutHost(image: string): string {
  return image.slice(image.indexOf('/') + 1);
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  );
}
