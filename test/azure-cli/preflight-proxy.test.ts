import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { close, open } from '../azure/server/http.ts';
import { preflightSite, told } from './preflight-site.ts';
import type { Site } from './preflight-site.ts';

/** A name that the mirror's certificate has, and that nobody can look up. */
const name = 'kubernetes.default.svc';

interface Proxy {
  readonly url: string;
  /** Where it was asked to go. */
  readonly targets: readonly string[];
  refuse(): void;
  /** From now on it lets through who comes with these. */
  wants(username: string, password: string): void;
}

/** A proxy that leads every name to the mirror. */
async function startProxy(t: TestContext, { mirror }: Site): Promise<Proxy> {
  const targets: string[] = [];
  const sockets = new Set<Duplex>();
  let refuses = false;
  let wanted: string | undefined;
  const server = createServer().on('connect', (request, socket) => {
    targets.push(request.url ?? '');
    sockets.add(socket);
    if (refuses) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    if (wanted !== undefined && request.headers['proxy-authorization'] !== wanted)
      return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    const upstream = connect(Number(new URL(mirror.url).port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(upstream).pipe(socket);
    });
    socket.on('error', () => upstream.destroy());
    upstream.on('error', () => socket.destroy());
  });
  const port = await open(server);
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    return close(server);
  });
  return {
    url: `http://127.0.0.1:${port}`,
    targets,
    refuse: () => void (refuses = true),
    wants: (username, password) =>
      void (wanted = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`),
  };
}

const artifacts = (site: Site, env = {}): Promise<string[]> => told(site, ['artifacts'], env);

const fine = [`✓ artifacts     7 downloads are there on https://${name}, each with its sha256`];

test('downloads go the way that the machine’s will go', async (t) => {
  const site = await preflightSite(t);
  const proxy = await startProxy(t, site);
  const config = { artifacts: { ...site.artifacts, mirror: `https://${name}` }, proxy: { https: proxy.url } };
  await site.configure(config);
  assert.deepEqual(await artifacts(site), fine);
  assert.deepEqual(new Set(proxy.targets), new Set([`${name}:443`]));
  proxy.refuse();
  assert.deepEqual(await artifacts(site), [
    `✗ artifacts     7 of 7 downloads can’t be had on https://${name}`,
    `✗ artifacts     all: ${name}: the proxy ${proxy.url} answers 403 for ${name}:443`,
  ]);
  const before = proxy.targets.length;
  await site.configure({ ...config, proxy: { https: proxy.url, noProxy: ['.default.svc'] } });
  const [, why = ''] = await artifacts(site);
  assert.match(why, /its name (?:is unknown here|can’t be looked up)$/);
  assert.equal(proxy.targets.length, before);
  await site.configure({ ...config, proxy: { https: 'http://127.0.0.1:1' } });
  const [, gone] = await artifacts(site);
  assert.equal(
    gone,
    `✗ artifacts     all: ${name}: the proxy http://127.0.0.1:1 can’t be reached (ECONNREFUSED)`,
  );
});

test('a proxy that wants a password gets it, and one that signs itself is trusted', async (t) => {
  const site = await preflightSite(t);
  const proxy = await startProxy(t, site);
  const password = 'p@ss:w/o%r"d é!';
  proxy.wants('edge', password);
  const https = { url: proxy.url, username: 'edge', password: { env: 'PROXY_PASSWORD' } };
  // The mirror's CA, which is the proxy's here, is no other's.
  const config = { artifacts: { mirror: `https://${name}` }, proxy: { https, ca: { file: 'mirror.pem' } } };
  await site.configure(config);
  assert.deepEqual(await artifacts(site, { PROXY_PASSWORD: password }), fine);
  assert.deepEqual(await artifacts(site, { PROXY_PASSWORD: 'hunter2' }), [
    `✗ artifacts     7 of 7 downloads can’t be had on https://${name}`,
    `✗ artifacts     all: ${name}: the proxy ${proxy.url} answers 407 for ${name}:443`,
  ]);
});

test('where the config has no proxy, this machine’s is taken', async (t) => {
  const site = await preflightSite(t);
  const proxy = await startProxy(t, site);
  await site.configure({ artifacts: { ...site.artifacts, mirror: `https://${name}` } });
  const NO_PROXY = '127.0.0.1';
  assert.deepEqual(await artifacts(site, { HTTPS_PROXY: proxy.url, NO_PROXY }), fine);
  const [, why = ''] = await artifacts(site, { HTTPS_PROXY: proxy.url, NO_PROXY: `${NO_PROXY}, svc` });
  assert.match(why, /its name (?:is unknown here|can’t be looked up)$/);
});

test('downloads that are elsewhere, and a mirror without encryption', async (t) => {
  const site = await preflightSite(t);
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const location = url.endsWith('/kubectl') ? url : `${site.mirror.url}${url}`;
    response.writeHead(302, { location }).end();
  });
  const port = await open(server);
  t.after(() => close(server));
  const mirror = `http://127.0.0.1:${port}`;
  await site.configure({ artifacts: { ...site.artifacts, mirror } });
  const path = 'dl.k8s.io/release/v1.36.4/bin/linux/amd64/kubectl';
  assert.deepEqual(await artifacts(site), [
    `✗ artifacts     1 of 7 downloads can’t be had on ${mirror}`,
    `✗ artifacts     kubectl (amd64): ${mirror}/${path} leads from one place to the next`,
  ]);
  assert.equal(asked.filter((url) => url === `/${path}`).length, 6);
  assert.equal(site.mirror.requests.length, 6);
});
