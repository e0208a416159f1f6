import { formatPath } from '../path.ts';
import type { RawConfig, RawLogin, RawProxyServer } from '../raw-config.ts';
import type { Login, ProxyServer, Registry } from '../spec.ts';
import { readFile, readSecret } from './references.ts';

/** `at` is the config path of what has the two keys. */
const readLogin = ({ username = '', password = {} }: RawLogin, at: string): Login => ({
  username,
  password: readSecret(password, `${at}.password`),
});

/** A proxy that is written as its URL alone, or with who the machine is to it. */
export function readProxyServer(raw: RawProxyServer | undefined, at: string): ProxyServer | null {
  if (raw === undefined) return null;
  if (typeof raw === 'string') return { url: raw, login: null };
  return { url: raw.url ?? '', login: readLogin(raw, at) };
}

/** What a machine has for the registry at this host. */
export function readRegistry(raw: RawConfig['runtime']['registries'][string], host: string): Registry {
  const at = formatPath(['runtime', 'registries', host]);
  return {
    login: raw.username === undefined ? null : readLogin(raw, at),
    ca: raw.ca === undefined ? null : readFile(raw.ca, `${at}.ca`),
  };
}
