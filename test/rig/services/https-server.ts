import { mkdir, readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { createAuthority, rigServerNames } from './pki.ts';
import type { KeyPair } from './pki.ts';
import { hostFromMachine } from './control-plane-args.ts';

/** A server on 127.0.0.1 that shows a certificate of somebody's. */
export interface TlsServer {
  readonly port: number;
  /** As a machine reaches it: `https://10.0.2.2:PORT`. */
  readonly url: string;
  /** As this host reaches it: `https://127.0.0.1:PORT`. */
  readonly localUrl: string;
  /** Ends it and every connection. */
  stop(): Promise<void>;
}

/** An HTTPS server on 127.0.0.1 with a certificate authority of its own. */
export interface HttpsServer extends TlsServer {
  readonly caPem: string;
}

/** Starts it; `dir` takes the keys, `name` is the name of the authority. */
export async function startHttpsServer(
  dir: string,
  name: string,
  listener: RequestListener,
): Promise<HttpsServer> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const ca = await createAuthority(dir, `${name}-ca`);
  const pair = await ca.issue({ file: name, commonName: name, serverNames: rigServerNames });
  return { ...(await serveHttps(pair, listener)), caPem: ca.certPem };
}

/** Starts a server that shows this certificate. */
export async function serveHttps(pair: KeyPair, listener: RequestListener): Promise<TlsServer> {
  const [cert, key] = await Promise.all([readFile(pair.certFile), readFile(pair.keyFile)]);
  const server = createServer({ cert, key }, listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    port: address.port,
    url: `https://${hostFromMachine}:${address.port}`,
    localUrl: `https://127.0.0.1:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
