import { certificateProblem } from '../config/certificate.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** What is wrong with the CAs at these config paths, where one is given; where the text itself is wrong, it says so. */
export function caProblems(cas: Readonly<Record<string, string | null | undefined>>): Diagnostic[] {
  return Object.entries(cas).flatMap(([path, pem]) => {
    const message = typeof pem === 'string' ? certificateProblem(pem) : undefined;
    const hint = 'a CA is PEM text: -----BEGIN CERTIFICATE-----';
    return message === undefined
      ? []
      : [{ severity: 'error' as const, code: 'config/certificate', path, message, hint }];
  });
}
