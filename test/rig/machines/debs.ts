import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { run } from '../services/run.ts';

/** An apt repository on the host's loopback. */
export interface DebServer extends AsyncDisposable {
  readonly port: number;
  /** Vendor-data that makes it the machine's only source of packages, as a provider's own mirror would be. */
  readonly vendorData: string;
  /** Paths that were asked for, in order. */
  readonly requests: readonly string[];
}

/** Serves the .deb files of `folder` as a flat repository: `deb [trusted=yes] http://10.0.2.2:PORT/ ./`. */
export async function serveDebs(folder: string): Promise<DebServer> {
  const served = new Map<string, Buffer>();
  const stanzas: string[] = [];
  for (const name of await readdir(folder)) {
    const content = await readFile(join(folder, name));
    // apt asks for the `./` of the sources line as it stands.
    served.set(`/./${name}`, content);
    const control = (await run('dpkg-deb', ['-f', join(folder, name)])).trimEnd();
    stanzas.push(`${control}\nFilename: ./${name}\nSize: ${content.length}\nSHA256: ${sha256(content)}\n`);
  }
  const index = Buffer.from(stanzas.join('\n'));
  const release = [
    'Origin: flexgen rig',
    `Date: ${new Date().toUTCString()}`,
    'SHA256:',
    ` ${sha256(index)} ${index.length} Packages`,
    '',
  ].join('\n');
  served.set('/./Packages', index).set('/./Release', Buffer.from(release));
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    requests.push(path);
    const content = served.get(decodeURIComponent(path));
    response.writeHead(content === undefined ? 404 : 200, { 'content-length': content?.length ?? 0 });
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
    vendorData: `#cloud-config\napt:\n  preserve_sources_list: true\n  sources:\n    rig.list:\n      source: "${source}"\n`,
    requests,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
