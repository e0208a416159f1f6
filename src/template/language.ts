import { ok, refused } from '../diagnostics/diagnostic.ts';
import type { Result } from '../diagnostics/diagnostic.ts';
import type { Language } from '../encode/index.ts';

/** The first that matches decides. Only systemd's drop-ins are units among the many formats called `.conf`. */
const ENDINGS: readonly (readonly [ending: RegExp, language: Language])[] = [
  [/\.env$/, 'env'],
  [/\.toml$/, 'toml'],
  [/\.(?:service|socket)$/, 'unit'],
  [/\.(?:service|socket)\.d\/[^/]+\.conf$/, 'unit'],
  [/\.sh$/, 'sh'],
  [/\.hcl$/, 'hcl'],
  [/\.(?:json|conflist)$/, 'json'],
  [/\.ya?ml$/, 'yaml'],
  [/\.(?:ini|conf)$/, 'ini'],
];

/** The language of a template by its name, with or without `.hbs`, e.g. env for `node.env.hbs`. */
export function languageOf(name: string): Result<Language> {
  const path = name.replace(/\.hbs$/, '');
  const language = ENDINGS.find(([ending]) => ending.test(path))?.[1];
  if (language !== undefined) return ok(language);
  const message = `the name of template ${name} does not tell its language`;
  const hint =
    'end it in .env, .toml, .service, .socket, .sh, .hcl, .json, .yaml, .ini or .conf, and then .hbs';
  return refused({ code: 'template/language', message, hint });
}
