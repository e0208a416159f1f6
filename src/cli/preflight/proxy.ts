import { contains, parseCidr } from '../../config/values/cidr.ts';
import { parseAddress } from '../../config/values/ip.ts';
import type { ProxyServer, Spec } from '../../config/spec.ts';
import { proxyUrl } from '../../node/proxy-url.ts';
import { textOf } from '../open-config.ts';
import type { Texts } from '../open-config.ts';

/** By which proxies others are reached, and whom to reach without one. */
export interface Proxies {
  readonly http: string | null;
  readonly https: string | null;
  readonly noProxy: readonly string[];
}

/** What the config says, with the passwords that it names. */
export function configProxies({ http, https, noProxy }: Spec['proxy'], texts: Texts): Proxies {
  const url = (server: ProxyServer | null) => (server === null ? null : proxyUrl(server, textOf(texts)));
  return { http: url(http), https: url(https), noProxy };
}

/** What the environment says, in the case that curl and Go both read. */
export function environmentProxies(env: Readonly<Record<string, string | undefined>>): Proxies {
  const read = (name: string): string | null => env[name.toLowerCase()] || env[name] || null;
  return {
    // Not HTTP_PROXY: curl ignores it, as a web server's CGI may have set it from a request.
    http: env['http_proxy'] || null,
    https: read('HTTPS_PROXY'),
    noProxy: (read('NO_PROXY') ?? '').split(',').map((entry) => entry.trim()),
  };
}

function covers(entry: string, host: string): boolean {
  if (entry === '*') return true;
  const network = parseCidr(entry);
  const address = parseAddress(host.replace(/^\[|\]$/g, ''));
  if (network !== undefined && address !== undefined) return contains(network, address);
  const name = entry.replace(/^\./, '').replace(/:\d+$/, '').toLowerCase();
  return name !== '' && (host === name || (address === undefined && host.endsWith(`.${name}`)));
}

/** What every machine reaches without a proxy. */
const local = ['localhost', '127.0.0.0/8', '::1/128'];

/** The proxy by which this URL is reached, or null for none. */
export function proxyFor({ protocol, hostname }: URL, { http, https, noProxy }: Proxies): URL | null {
  const proxy = protocol === 'https:' ? https : http;
  if (proxy === null || [...local, ...noProxy].some((entry) => covers(entry, hostname))) return null;
  const text = proxy.includes('://') ? proxy : `http://${proxy}`;
  return URL.canParse(text) ? new URL(text) : null;
}
