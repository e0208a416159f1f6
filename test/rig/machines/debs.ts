import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { packagesIndex, releaseFile } from '../services/deb-index.ts';

/** An apt repository on the host's loopback. */
export interface DebServer extends AsyncDisposable {
  readonly port: number;
  /** Of vendor-data: makes it the machine's only source of packages, as a provider's own mirror would be. */
  readonly cloudConfig: object;
  /** Paths that were asked for, in order. */
  readonly requests: readonly string[];
  /** What it answers to everything from now on: this, with this status; without either it serves again. */
  answer(status?: number, body?: string): void;
}

/** Serves the .deb files of `folder` as a flat repository: `deb [trusted=yes] http://10.0.2.2:PORT/ ./`. */
export async function serveDebs(folder: string): Promise<DebServer> {
  const served = new Map<string, Buffer>();
  const names = await readdir(folder);
  // apt asks for the `./` of the sources line as it stands.
  for (const name of names) served.set(`/./${name}`, await readFile(join(folder, name)));
  const index = await packagesIndex(names.map((name) => ({ file: join(folder, name), path: `./${name}` })));
  const release = releaseFile({ Origin: 'flexgen rig' }, [{ path: 'Packages', content: index }]);
  served.set('/./Packages', index).set('/./Release', Buffer.from(release));
  const requests: string[] = [];
  let instead: { readonly status: number; readonly content: Buffer } | undefined;
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    requests.push(path);
    const content = instead?.content ?? served.get(decodeURIComponent(path));
    response.writeHead(instead?.status ?? (content === undefined ? 404 : 200), {
      'content-length': content?.length ?? 0,
    });
    response.end(request.method === 'HEAD' ? undefined : content);
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
    });
  });
  const source = `deb [trusted=yes] http://10.0.2.2:${port}/ ./`;
  return {
    port,
    cloudConfig: { apt: { preserve_sources_list: true, sources: { 'rig.list': { source } } } },
    requests,
    answer: (status, body = '') => {
      instead = status === undefined ? undefined : { status, content: Buffer.from(body) };
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
