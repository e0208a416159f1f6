import { createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { hostFromMachine } from './control-plane-args.ts';
import { startHttpsServer } from './https-server.ts';
import { rigName } from './pki.ts';

export interface ProxyOptions {
  /** Takes the keys. */
  readonly dir: string;
  /** Whom it lets through; without it, everybody. */
  readonly login?: { readonly username: string; readonly password: string };
  /** Ports whose TLS it opens, showing a certificate of its own, and what is spoken behind it. */
  readonly inspects?: ReadonlyMap<number, 'http' | 'https'>;
}

export interface ProxyRequest {
  readonly method: string;
  /** `HOST:PORT`, as the machine names it. */
  readonly target: string;
  /** 200 where it was let through. */
  readonly status: number;
}

/** A company's HTTP proxy, the one way out of its network. It leads to this host and nowhere else. */
export interface Proxy {
  readonly port: number;
  /** As a machine reaches it. */
  readonly url: string;
  /** Signs what it shows in the place of a server that it inspects. */
  readonly caPem: string;
  readonly requests: readonly ProxyRequest[];
  /** What was asked of a server behind TLS that it opened, as `HOST:PORT/PATH`. */
  readonly read: readonly string[];
  stop(): Promise<void>;
}

const here = new Set<string | undefined>([hostFromMachine, rigName]);

/** The port of `HOST:PORT` where it is one of this host. */
function portOf(target: string): number | undefined {
  const [, host, port] = /^(.*):(\d+)$/.exec(target) ?? [];
  return here.has(host) ? Number(port) : undefined;
}

/** Asks the server itself and hands its answer on. */
export function forward(
  scheme: 'http' | 'https',
  port: number,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { method, headers } = request;
  const ask = scheme === 'https' ? httpsRequest : httpRequest;
  const options = { host: '127.0.0.1', port, path, method, headers, rejectUnauthorized: false };
  const asked = ask(options, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  asked.on('error', () => response.destroy());
  response.on('close', () => asked.destroy());
  request.pipe(asked);
}

/** Both directions until either ends. */
function join(one: Duplex, other: Duplex): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
    from.pipe(to);
  }
}

/** Starts it on the loopback. */
export async function startProxy({ dir, login, inspects = new Map() }: ProxyOptions): Promise<Proxy> {
  const requests: ProxyRequest[] = [];
  const read: string[] = [];
  const wanted =
    login === undefined
      ? undefined
      : `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
  const opened: RequestListener = (request, response) => {
    const target = request.headers.host ?? '';
    const port = portOf(target) ?? 0;
    read.push(`${target}${request.url ?? ''}`);
    forward(inspects.get(port) ?? 'https', port, request.url ?? '/', request, response);
  };
  const inspector = await startHttpsServer(dir, 'proxy', opened);

  /** The port it may go to, or what it is told instead. */
  const judge = (request: IncomingMessage, target: string): number | { readonly refused: number } => {
    const port = portOf(target);
    const mayPass = wanted === undefined || request.headers['proxy-authorization'] === wanted;
    const status = !mayPass ? 407 : port === undefined ? 502 : 200;
    requests.push({ method: request.method ?? '', target, status });
    return port === undefined || status !== 200 ? { refused: status } : port;
  };
  const server = createServer((request, response) => {
    // As it stands: apt means the `./` in it.
    const [, target = '', path = '/'] = /^http:\/\/([^/]+)(\/.*)?$/.exec(request.url ?? '') ?? [];
    const verdict = judge(request, target.includes(':') ? target : `${target}:80`);
    if (typeof verdict === 'object') {
      response.writeHead(verdict.refused, { 'proxy-authenticate': 'Basic realm="corp"' }).end();
    } else forward('http', verdict, path, request, response);
  });
  server.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const verdict = judge(request, request.url ?? '');
    if (typeof verdict === 'object') {
      socket.end(`HTTP/1.1 ${verdict.refused} No\r\nProxy-Authenticate: Basic realm="corp"\r\n\r\n`);
      return;
    }
    const port = inspects.has(verdict) ? inspector.port : verdict;
    const upstream = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.write(head);
      join(socket, upstream);
    });
    upstream.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const tunnels = new Set<Duplex>();
  server.on('connection', (socket) => {
    tunnels.add(socket);
    socket.once('close', () => tunnels.delete(socket));
  });
  return {
    port,
    url: `http://${hostFromMachine}:${port}`,
    caPem: inspector.caPem,
    requests,
    read,
    stop: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      for (const socket of tunnels) socket.destroy();
      await Promise.all([closed, inspector.stop()]);
    },
  };
}
