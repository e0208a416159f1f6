import { createHash } from 'node:crypto';
import { readKeyPair } from '../../config/certificate-key.ts';
import type { FileRef } from '../../config/spec.ts';
import { textFile, withSecret } from '../files.ts';
import type { NodeFile, PlanContext } from '../plan.ts';
import { primesOf } from './primes.ts';

/** What the node needs to make client assertions: the certificate itself stays here, Entra has it. */
export interface ClientAssertion {
  /** The header of each assertion, base64url; it names the certificate. */
  readonly header: string;
  readonly keyFile: NodeFile;
}

const keyFileOf = (primes: string): NodeFile => textFile('/var/lib/kubelet/token.primes', primes, withSecret);

/** What token.sh signs with, or undefined where the certificate or its key is no good, which is reported. */
export function clientAssertion(ref: FileRef, context: PlanContext): ClientAssertion | undefined {
  if (context.bakes) return { header: '', keyFile: keyFileOf('') };
  const pair = readKeyPair(context.file(ref), context.now);
  if ('kind' in pair) {
    const message = `the principal’s certificate ${pair.message}`;
    context.report(ref.at, { severity: 'error', code: 'auth/certificate', message, hint: pair.hint });
    return undefined;
  }
  const thumbprint = createHash('sha256').update(pair.certificate.raw).digest('base64url');
  const header = JSON.stringify({ 'alg': 'PS256', 'typ': 'JWT', 'x5t#S256': thumbprint });
  return {
    header: Buffer.from(header).toString('base64url'),
    keyFile: keyFileOf(primesOf(pair.key)),
  };
}
