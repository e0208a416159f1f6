import { request as httpRequest } from 'node:http';
import { startHttpsServer } from './https-server.ts';
import type { HttpsServer } from './https-server.ts';

interface LoginRegistryOptions {
  /** Takes the keys. */
  readonly dir: string;
  /** The registry that has the images; it asks nobody who they are. */
  readonly upstream: string;
  readonly username: string;
  readonly password: string;
}

/** A registry over TLS that gives its images to one who has signed in. */
export interface LoginRegistry extends Pick<HttpsServer, 'url' | 'caPem' | 'stop'> {
  /** What was asked for, `STATUS PATH`. */
  readonly asked: readonly string[];
}

const token = 'a-token-of-the-registry';

/**
 * Starts it. As most registries do, it sends who comes without a token to its token service (Distribution's "Token
 * Authentication"), which wants name and password.
 */
export async function startLoginRegistry({
  dir,
  upstream,
  username,
  password,
}: LoginRegistryOptions): Promise<LoginRegistry> {
  const asked: string[] = [];
  const basic = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const server = await startHttpsServer(dir, 'login-registry', (request, response) => {
    const { url = '/', method, headers } = request;
    const isToken = url.startsWith('/token');
    const may = headers.authorization === (isToken ? basic : `Bearer ${token}`);
    asked.push(`${may ? 200 : 401} ${url.split('?')[0]}`);
    if (isToken) {
      response.writeHead(may ? 200 : 401, { 'content-type': 'application/json' });
      response.end(JSON.stringify(may ? { token } : { errors: [{ code: 'UNAUTHORIZED' }] }));
      return;
    }
    if (!may) {
      const challenge = `Bearer realm="https://${headers.host}/token",service="rig"`;
      response.writeHead(401, { 'www-authenticate': challenge }).end();
      return;
    }
    const { host: _host, authorization: _authorization, ...others } = headers;
    const relay = httpRequest(new URL(url, upstream), { method, headers: others }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    relay.on('error', () => response.destroy());
    request.pipe(relay);
  });
  return { url: server.url, caPem: server.caPem, asked, stop: () => server.stop() };
}
