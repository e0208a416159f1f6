import { many } from '../raw-config.ts';
import { hostOf } from '../values/url.ts';
import type { Rule } from './rule.ts';

/** A login has both its parts, is for one host, and goes over no wire in plain. */
export const registries: Rule = ({ config, report, written }) => {
  const { registries: known, registryMirrors } = config.runtime;
  for (const host of Object.keys(known)) {
    const at = ['runtime', 'registries', host];
    const [username, password] = ['username', 'password'].map((key) => written([...at, key]));
    if (host === '_default') {
      const message = 'a password is for one host: `_default` is none';
      report(at, { code: 'config/registry-login', message, hint: 'write the host’s name' }, 'key');
    }
    if (username === password) continue;
    const lacking = username === true ? 'password' : 'username';
    const message = `a login needs \`${lacking}\`, too`;
    report(at, { code: 'config/registry-login', message, hint: `add \`${lacking}\`` }, 'key');
  }
  for (const [registry, urls] of Object.entries(registryMirrors)) {
    const open = many(urls).find(
      (url) => url.startsWith('http://') && known[hostOf(url)]?.password !== undefined,
    );
    if (open === undefined) continue;
    const message = 'this mirror is not encrypted: the password that is for it would be seen on the way';
    const hint = 'use `https://`, with `ca` in `runtime.registries` where it has a private CA';
    report(['runtime', 'registryMirrors', registry], { code: 'config/plain-password', message, hint });
  }
};
