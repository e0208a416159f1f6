import type { Spec } from '../config/spec.ts';
import { pem } from '../config/values/pem.ts';
import { remembering } from '../config/values/remember.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { textOf } from './open-config.ts';
import type { Texts } from './open-config.ts';

const problemOf = remembering(pem);

/** What is wrong with the CAs at these config paths, where one is given; where the text itself is wrong, it says so. */
export function caProblems(cas: Readonly<Record<string, string | null | undefined>>): Diagnostic[] {
  return Object.entries(cas).flatMap(([path, text]) => {
    const message = typeof text === 'string' ? problemOf(text)?.message : undefined;
    const hint = 'a CA is PEM text: -----BEGIN CERTIFICATE-----';
    return message === undefined
      ? []
      : [{ severity: 'error' as const, code: 'config/certificate', path, message, hint }];
  });
}

/** What is wrong with the CAs that a config names for its machines. */
export function namedCaProblems({ artifacts, proxy, runtime }: Spec, texts: Texts): Diagnostic[] {
  const registries = Object.values(runtime.registries).map(({ ca }) => ca);
  const cas = [artifacts.ca, proxy.ca, ...registries].flatMap((ca) => ca ?? []);
  return caProblems(Object.fromEntries(cas.map((ca) => [ca.at, textOf(texts)(ca)])));
}
