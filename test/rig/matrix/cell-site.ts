import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hostFromMachine } from '../services/control-plane-args.ts';
import { startMirror } from '../services/mirror.ts';
import type { Site } from '../site.ts';
import { startDns } from './dns.ts';
import type { Dns } from './dns.ts';
import { startEntra } from './entra.ts';
import type { Entra } from './entra.ts';
import { startFront } from './front.ts';
import type { Front } from './front.ts';

/** A site as one machine sees it: what goes wrong here is no other's business. Disposing of it leaves the shared one. */
export interface CellSite extends Site, AsyncDisposable {
  /** Where the machine's cluster is. */
  readonly api: Front;
  /** Where the API server itself is, whatever the front does. */
  readonly apiPort: number;
  readonly dns: Dns;
  readonly entra: Entra;
  /** Where the machine's metadata service is. */
  readonly imds: Front;
  /** The group of the bootstrap tokens that are made here; default: flexgen's. */
  bootstrapGroup: string | undefined;
  /** Ends this with the rest. */
  keep<T extends { stop(): Promise<void> }>(service: T): T;
}

const portIn = (url: string): number => Number(new URL(url).port);

/** The shared site, with a mirror of its own, and fronts before the rest. */
export async function cellSite(shared: Site, dir: string): Promise<CellSite> {
  await mkdir(dir, { recursive: true });
  const opened: AsyncDisposable[] = [];
  const use = <T extends AsyncDisposable>(it: T): T => {
    opened.push(it);
    return it;
  };
  const keep: CellSite['keep'] = (service) => {
    use({ [Symbol.asyncDispose]: () => service.stop() });
    return service;
  };
  const roots = [shared.artifacts.dir, shared.agent.root];
  const mirror = keep(await startMirror({ roots, dir: join(dir, 'mirror') }));
  const api = use(await startFront(shared.controlPlane.port));
  const imds = use(await startFront(portIn(shared.azure.imdsEndpoint)));
  const dns = use(await startDns());
  const entra = use(await startEntra(shared.azure, join(dir, 'entra')));
  const site: CellSite = {
    ...shared,
    azure: { ...shared.azure, ...entra.seen, imdsEndpoint: `http://127.0.0.1:${imds.port}` },
    controlPlane: {
      ...shared.controlPlane,
      server: `https://${hostFromMachine}:${api.port}`,
      port: api.port,
      createBootstrapToken: (seconds) =>
        shared.controlPlane.createBootstrapToken(seconds, site.bootstrapGroup),
    },
    mirror,
    api,
    apiPort: shared.controlPlane.port,
    dns,
    entra,
    imds,
    bootstrapGroup: undefined,
    keep,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(opened.map((it) => it[Symbol.asyncDispose]()));
    },
  };
  return site;
}
