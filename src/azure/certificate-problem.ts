import { readKeyPair } from '../config/certificate-key.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { azureProblem } from './problem.ts';

/** What is wrong with a PEM of certificate and key, before Entra is asked; `now` in milliseconds. */
export function certificateProblem(
  pem: string,
  password: string | undefined,
  now: number,
): Diagnostic | undefined {
  const pair = readKeyPair(pem, now, password);
  if (!('kind' in pair)) return undefined;
  const hint =
    pair.kind === 'unreadable-key'
      ? 'a key with a password is read from AZURE_CLIENT_CERTIFICATE_PATH and …_PASSWORD alone'
      : pair.hint;
  return azureProblem('azure/certificate', `the certificate to sign in with ${pair.message}`, hint);
}
