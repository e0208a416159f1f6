import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer as createProxy } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { TestContext } from 'node:test';
import { connect as connectTls, createServer } from 'node:tls';
import { close, open } from '../azure/server/http.ts';
import { createAuthority } from '../rig/services/pki.ts';

/** Who is reached by a name of the real internet: nobody else is. */
const names = ['management.azure.com', 'login.microsoftonline.com', 'mirror.corp'] as const;

export type InternetName = (typeof names)[number];

/** A server of this machine's, with TLS or without. */
export interface Backend {
  readonly port: number;
  readonly tls: boolean;
}

/**
 * The internet as a document has it: the real names, reached through a proxy, with certificates that the asker has to know. So
 * the configs of the documents run as they stand there.
 */
export interface Internet {
  readonly url: string;
  /** The authority's certificate. */
  readonly ca: string;
  lead(name: InternetName, to: Backend): void;
  /** From now on the proxy wants another password for these: 407. */
  lock(...hosts: readonly string[]): void;
}

let made: Promise<{ readonly ca: string; readonly cert: string; readonly key: string }> | undefined;

async function makeCertificate() {
  const dir = await mkdtemp(join(tmpdir(), 'flexgen-docs-keys-'));
  try {
    const authority = await createAuthority(dir, 'internet-ca');
    const serverNames = names.map((name) => `DNS:${name}`);
    const pair = await authority.issue({ file: 'internet', commonName: 'internet', serverNames });
    const [cert, key] = await Promise.all([readFile(pair.certFile, 'utf8'), readFile(pair.keyFile, 'utf8')]);
    return { ca: authority.certPem, cert, key };
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** Starts it; it ends with the test. */
export async function startInternet(t: TestContext): Promise<Internet> {
  const { ca, cert, key } = await (made ??= makeCertificate());
  const backends = new Map<string, Backend>();
  const sockets = new Set<Duplex>();
  const locked = new Set<string>();
  const couple = (one: Duplex, other: Duplex): void => {
    for (const socket of [one, other]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    one.on('close', () => other.destroy());
    other.on('close', () => one.destroy());
    one.pipe(other).pipe(one);
  };
  const front = createServer({ cert, key }, (socket) => {
    const backend = backends.get(typeof socket.servername === 'string' ? socket.servername : '');
    if (backend === undefined) return void socket.destroy();
    const target = { port: backend.port, host: '127.0.0.1' };
    // The asker has seen the certificate of the name that it asked for.
    couple(socket, backend.tls ? connectTls({ ...target, rejectUnauthorized: false }) : connect(target));
  });
  await new Promise<void>((resolve) => {
    front.unref().listen(0, '127.0.0.1', resolve);
  });
  const address = front.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const proxy = createProxy().on('connect', ({ url = '' }, socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    if (locked.has(url.replace(/:443$/, '')))
      return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    if (!backends.has(url.replace(/:443$/, ''))) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    const inner = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      couple(socket, inner);
    });
    inner.on('error', () => socket.destroy());
  });
  const proxyPort = await open(proxy);
  t.after(async () => {
    for (const socket of sockets) socket.destroy();
    front.close();
    await close(proxy);
  });
  return {
    url: `http://127.0.0.1:${proxyPort}`,
    ca,
    lead: (name, to) => void backends.set(name, to),
    lock: (...hosts) => hosts.forEach((host) => locked.add(host)),
  };
}
