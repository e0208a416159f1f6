import { errorCode } from '../../diagnostics/error-code.ts';
import { causeWords, isTlsFailure, networkCause } from '../../diagnostics/network-cause.ts';
import type { NetworkCause } from '../../diagnostics/network-cause.ts';
import { ProxyRefused } from './probe.ts';

const words = {
  ...causeWords,
  'untrusted': 'its certificate is not signed by an authority that is trusted here',
  'expired': 'its certificate has expired, or this machine’s clock is wrong',
  'not yet valid': 'its certificate is not valid yet, or this machine’s clock is wrong',
} as const satisfies Record<NetworkCause, string>;

/** Why no answer came, in words. What can't be explained is thrown on. */
export function reasonOf(error: unknown): string {
  if (error instanceof ProxyRefused) return error.message;
  if (!(error instanceof Error)) throw error;
  const code = errorCode(error) ?? error.name;
  const cause = networkCause(code);
  if (cause !== undefined) return words[cause];
  // A request that is given up when its time is over.
  if (code === 'TimeoutError' || code === 'ABORT_ERR') return 'it does not answer within 10 s';
  if (isTlsFailure(code)) return `it does not speak HTTPS (${code})`;
  throw error;
}
