import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { RequestOptions } from 'node:https';
import { isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect } from 'node:tls';
import { errorCode } from '../../diagnostics/error-code.ts';
import { version } from '../version.ts';

/** How somebody is asked. */
export interface Question {
  readonly method: 'GET' | 'HEAD';
  /** PEM: these authorities alone are trusted; undefined = those that Node.js knows. */
  readonly ca?: readonly string[] | undefined;
  readonly proxy?: URL | null;
  /** For the `Authorization` header. */
  readonly bearer?: string;
}

export interface Answer {
  readonly status: number;
  /** Where it sends the asker, absolute. */
  readonly location: string | null;
  /** The `Date` header, in milliseconds; null where there is none or the answer comes out of a cache. */
  readonly date: number | null;
}

/** The proxy on the way does not let the question through. */
export class ProxyRefused extends Error {}

/** Who is there answers a question of one line in tens of milliseconds. */
const timeout = 10_000;

const open = ({ protocol }: URL) => (protocol === 'https:' ? httpsRequest : httpRequest);

/** The name of a proxy without the password that may stand before it. */
const nameOf = ({ protocol, host }: URL): string => `${protocol}//${host}`;

function proxyHeaders({ username, password }: URL): Record<string, string> {
  if (username === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

function proxyFailed(proxy: URL, error: Error): ProxyRefused {
  return new ProxyRefused(`the proxy ${nameOf(proxy)} can’t be reached (${errorCode(error) ?? error.name})`);
}

/** A connection through the proxy, to the port that the URL names. */
function tunnel(proxy: URL, { hostname, port }: URL, signal: AbortSignal): Promise<Socket> {
  const path = `${hostname}:${port || 443}`;
  return new Promise((resolve, reject) => {
    open(proxy)(proxy, { method: 'CONNECT', path, signal, headers: { host: path, ...proxyHeaders(proxy) } })
      .on('connect', (response: IncomingMessage, socket: Socket) => {
        if (response.statusCode === 200) return resolve(socket);
        socket.destroy();
        reject(new ProxyRefused(`the proxy ${nameOf(proxy)} answers ${response.statusCode} for ${path}`));
      })
      .on('error', (error) => reject(proxyFailed(proxy, error)))
      .end();
  });
}

async function way(url: URL, { ca, proxy = null }: Question, signal: AbortSignal): Promise<RequestOptions> {
  const trusted = ca === undefined ? {} : { ca: [...ca] };
  if (proxy === null || url.protocol !== 'https:') return trusted;
  const socket = await tunnel(proxy, url, signal);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // TLS has names for hosts, and none for addresses; `host` is what the certificate is held against.
  const servername = isIP(host) === 0 ? { servername: host } : {};
  // Without an agent Node.js takes 80 for the port that goes without saying, and says it: `Host: dl.k8s.io:80`.
  return { createConnection: () => connect({ socket, host, ...servername, ...trusted }), defaultPort: 443 };
}

/** Asks once: the answer as soon as its head is there. Throws what the system says where none comes, and ProxyRefused. */
export async function send(
  url: URL,
  question: Question,
  signal: AbortSignal,
  more: Readonly<Record<string, string>> = {},
): Promise<IncomingMessage> {
  const { method, bearer, proxy = null } = question;
  const options = await way(url, question, signal);
  const headers = {
    'user-agent': `flexgen/${version}`,
    ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
    ...more,
  };
  // Over plain http a proxy is asked for the whole URL.
  const plain = proxy !== null && url.protocol === 'http:' ? { via: proxy, path: url.href } : undefined;
  const target = plain?.via ?? url;
  const extra = plain === undefined ? {} : { path: plain.path, host: target.hostname };
  return await new Promise((resolve, reject) => {
    open(target)(target, { ...options, ...extra, method, headers, signal }, resolve)
      .on('error', (error) => reject(plain === undefined ? error : proxyFailed(plain.via, error)))
      .end();
  });
}

/** Leaves the body alone: with nobody to hear of it, an error that comes after this would end the program. */
export const unread = (response: IncomingMessage): IncomingMessage => response.on('error', () => undefined);

/** Asks once and goes away without the body, which may have no end. Throws what the system says where no answer comes, and ProxyRefused. */
export async function probe(url: URL, question: Question): Promise<Answer> {
  const response = await send(url, question, AbortSignal.timeout(timeout));
  unread(response).destroy();
  const { statusCode = 0, headers: said } = response;
  const date = Date.parse(said.date ?? '');
  const isStored = said.age !== undefined && said.age !== '0';
  return {
    status: statusCode,
    location: said.location === undefined ? null : new URL(said.location, url).href,
    date: Number.isNaN(date) || isStored ? null : date,
  };
}
