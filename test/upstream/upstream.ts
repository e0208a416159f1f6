import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer as createProxy } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { join } from 'node:path';
import { close, open } from '../azure/server/http.ts';
import { createAuthority } from '../rig/services/pki.ts';
import { answerWith } from './answer.ts';
import type { Content } from './answer.ts';

/** The hosts that flexgen may ask, and those that they lead to. */
const hosts = [
  'dl.k8s.io',
  'cdn.dl.k8s.io',
  'github.com',
  'release-assets.githubusercontent.com',
  'mcr.microsoft.com',
  'eastus.data.mcr.microsoft.com',
  'registry.k8s.io',
  'europe-west3-docker.pkg.dev',
  'example.com',
  'registry.corp',
  'auth.registry.corp',
] as const;

export interface UpstreamRequest {
  /** `https://HOST/PATH` as it was asked. */
  readonly url: string;
  readonly range: string | null;
  readonly authorization: string | null;
  status: number;
}

/** Answers in place of what stands at a URL. */
export type Fault = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Everything that publishes what nodes download, under its own names: reached through a proxy, as behind a company's, with
 * an authority that the asker has to know. Nobody else is reached through it.
 */
export interface Upstream {
  /** Of the asker. */
  readonly env: { readonly HTTPS_PROXY: string; readonly NODE_EXTRA_CA_CERTS: string };
  readonly requests: readonly UpstreamRequest[];
  /** The most downloads that went on at the same time. */
  readonly together: () => number;
  /** Publishes something at a URL of the first host, which leads to where it lies as the real one does. */
  put(url: string, content: Content, type?: string): void;
  remove(url: string): void;
  /** From now on the URL, where it really lies, answers so; null = well again. */
  fail(url: string, fault: Fault | null): void;
  stop(): Promise<void>;
}

interface Lying {
  readonly content: Content;
  readonly type: string;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Where the host leads who asks for this; null = it is here. */
function leadsTo(url: URL): string | null {
  switch (url.host) {
    case 'dl.k8s.io':
      return `https://cdn.dl.k8s.io${url.pathname}`;
    case 'github.com':
      return `https://release-assets.githubusercontent.com/${digest(url.pathname)}?sig=once`;
    case 'mcr.microsoft.com':
      return url.pathname.includes('/blobs/') ? `https://eastus.data.mcr.microsoft.com${url.pathname}` : null;
    case 'registry.k8s.io':
      return `https://europe-west3-docker.pkg.dev/v2/k8s-artifacts-prod${url.pathname.slice('/v2'.length)}`;
    default:
      return null;
  }
}

const token = 'a-token-for-nobody';

/** What a registry with tokens says to who has none, or undefined. */
function challenge(url: URL, authorization: string | undefined): string | undefined {
  if (url.host !== 'registry.corp' || authorization === `Bearer ${token}`) return undefined;
  return `Bearer realm="https://auth.registry.corp/token",service="registry.corp",scope="repository:any:pull"`;
}

/** `dir` takes the keys. */
export async function startUpstream(dir: string): Promise<Upstream> {
  await mkdir(dir, { recursive: true });
  const authority = await createAuthority(dir, 'upstream-ca');
  const names = hosts.map((host) => `DNS:${host}`);
  const pair = await authority.issue({ file: 'upstream', commonName: 'upstream', serverNames: names });
  const [cert, key] = await Promise.all([readFile(pair.certFile), readFile(pair.keyFile)]);
  const caFile = join(dir, 'upstream-ca.pem');
  await writeFile(caFile, authority.certPem);
  const lying = new Map<string, Lying>();
  const faults = new Map<string, Fault>();
  const requests: UpstreamRequest[] = [];
  let [now, most] = [0, 0];
  const place = (url: string): string => (leadsTo(new URL(url)) ?? url).replace(/\?.*/, '');

  const server = createServer({ cert, key }, (request, response) => {
    const { range = null, authorization = null, host = '' } = request.headers;
    const url = new URL(request.url ?? '/', `https://${host}`);
    const seen = { url: url.href, range, authorization, status: 0 };
    requests.push(seen);
    response.once('close', () => (seen.status = response.statusCode));
    if (request.method !== 'GET') return void response.writeHead(405).end();
    const realm = challenge(url, authorization ?? undefined);
    if (realm !== undefined) return void response.writeHead(401, { 'www-authenticate': realm }).end('{}');
    if (url.host === 'auth.registry.corp') return void response.end(JSON.stringify({ token }));
    const elsewhere = leadsTo(url);
    if (elsewhere !== null) {
      const isThere = lying.has(place(url.href)) || faults.has(place(url.href));
      return void response.writeHead(isThere ? 302 : 404, isThere ? { location: elsewhere } : {}).end();
    }
    now += 1;
    most = Math.max(most, now);
    response.once('close', () => (now -= 1));
    const fault = faults.get(place(url.href));
    if (fault !== undefined) return fault(request, response);
    const found = lying.get(place(url.href));
    if (found === undefined) return void response.writeHead(404).end('<html>not found</html>');
    answerWith(found.content, found.type, request, response).catch(() => response.destroy());
  });
  const port = await open(server);
  const sockets = new Set<Duplex>();
  const proxy = createProxy().on('connect', ({ url = '' }, socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    if (!hosts.some((host) => url === `${host}:443`))
      return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    const inner = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(inner).pipe(socket);
    });
    sockets.add(inner);
    inner.on('error', () => socket.destroy());
    inner.on('close', () => socket.destroy());
    socket.on('close', () => inner.destroy());
  });
  const proxyPort = await open(proxy);
  return {
    env: { HTTPS_PROXY: `http://127.0.0.1:${proxyPort}`, NODE_EXTRA_CA_CERTS: caFile },
    requests,
    together: () => most,
    put: (url, content, type = 'application/octet-stream') => void lying.set(place(url), { content, type }),
    remove: (url) => void lying.delete(place(url)),
    fail: (url, fault) => void (fault === null ? faults.delete(place(url)) : faults.set(place(url), fault)),
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all([close(server), close(proxy)]);
    },
  };
}
