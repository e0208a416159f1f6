import { certificateProblem } from '../config/certificate.ts';
import type { Spec } from '../config/spec.ts';
import { remembering } from '../config/values/remember.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { textOf } from './open-config.ts';
import type { Texts } from './open-config.ts';

const problemOf = remembering(certificateProblem);

/** What is wrong with the CAs at these config paths, where one is given; where the text itself is wrong, it says so. */
export function caProblems(cas: Readonly<Record<string, string | null | undefined>>): Diagnostic[] {
  return Object.entries(cas).flatMap(([path, pem]) => {
    const message = typeof pem === 'string' ? problemOf(pem) : undefined;
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
