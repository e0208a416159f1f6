import type { RawLogin, RawProxyServer } from '../raw-config.ts';
import type { Login, ProxyServer } from '../spec.ts';
import { readSecret } from './references.ts';

/** `at` is the config path of what has the two keys. */
export const readLogin = ({ username = '', password = {} }: RawLogin, at: string): Login => ({
  username,
  password: readSecret(password, `${at}.password`),
});

/** A proxy that is written as its URL alone, or with who the machine is to it. */
export function readProxyServer(raw: RawProxyServer | undefined, at: string): ProxyServer | null {
  if (raw === undefined) return null;
  if (typeof raw === 'string') return { url: raw, login: null };
  return { url: raw.url ?? '', login: readLogin(raw, at) };
}
