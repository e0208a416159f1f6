import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { startHttpsServer } from '../rig/services/https-server.ts';
import { bindForTokens, startApiServer } from './api-server.ts';
import type { ApiServer } from './api-server.ts';
import { workstation } from './support.ts';
import type { Workstation } from './support.ts';

/** A workstation with all that a join depends on: Azure, the cluster's API server, and a mirror of the downloads. */
export interface Site extends Workstation {
  readonly api: ApiServer;
  readonly mirror: Mirror;
  /** The config's `artifacts` that lead to the mirror. */
  readonly artifacts: Readonly<Record<string, unknown>>;
}

export interface Mirror {
  readonly url: string;
  /** Every request: method and path. */
  readonly requests: readonly string[];
  /** The most requests that were there at the same time. */
  readonly together: () => number;
  /** From now on these answers 404: parts of their paths. */
  lose(...parts: readonly string[]): void;
}

async function startMirror(
  t: TestContext,
  dir: string,
): Promise<{ readonly mirror: Mirror; readonly ca: string }> {
  const requests: string[] = [];
  const lost: string[] = [];
  let [now, most] = [0, 0];
  const server = await startHttpsServer(join(dir, 'mirror'), 'mirror', ({ method, url = '' }, response) => {
    now += 1;
    most = Math.max(most, now);
    requests.push(`${method} ${url}`);
    response.once('close', () => (now -= 1));
    response.writeHead(lost.some((part) => url.includes(part)) ? 404 : 200).end();
  });
  t.after(() => server.stop());
  const mirror = {
    url: server.localUrl,
    requests,
    together: () => most,
    lose: (...parts: readonly string[]) => void lost.push(...parts),
  };
  return { mirror, ca: server.caPem };
}

/** Starts it all, everything good; the config leads to the mirror, and the cluster's kubeconfig to the API server. */
export async function preflightSite(t: TestContext): Promise<Site> {
  const station = await workstation(t);
  const { mirror, ca } = await startMirror(t, station.dir);
  await writeFile(join(station.dir, 'mirror.pem'), ca);
  const api = await startApiServer(t);
  bindForTokens(api);
  station.azure.setCluster({ server: api.url });
  const artifacts = { mirror: mirror.url, ca: { file: 'mirror.pem' } };
  const configure: Workstation['configure'] = (parts) => station.configure({ artifacts, ...parts });
  await configure();
  return { ...station, configure, api, mirror, artifacts };
}

export const command = ['preflight', '-c', 'edge.yaml'];
export const utf8 = { LANG: 'C.UTF-8' };

/** What the report says of some checks, without why they matter. */
export async function told(site: Site, names: readonly string[], env = {}): Promise<string[]> {
  const { stdout } = await site.run(command, { ...utf8, ...env });
  const shown = new RegExp(`^. (?:${names.join('|')}) `);
  return stdout.split('\n').filter((line) => shown.test(line));
}
