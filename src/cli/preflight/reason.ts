import { isTlsFailure, networkCause } from '../../diagnostics/network-cause.ts';
import type { NetworkCause } from '../../diagnostics/network-cause.ts';
import { ProxyRefused } from './probe.ts';

const words = {
  'refused': 'nothing listens there',
  'cut': 'the connection was cut',
  'unknown name': 'its name is unknown here',
  'no look-up': 'its name can’t be looked up',
  'no route': 'there is no way to it',
  'silence': 'it does not answer',
  'untrusted': 'its certificate is not signed by an authority that is trusted here',
  'expired': 'its certificate has expired, or this machine’s clock is wrong',
  'not yet valid': 'its certificate is not valid yet, or this machine’s clock is wrong',
  'other name': 'its certificate is for another name',
} as const satisfies Record<NetworkCause, string>;

/** Why no answer came, in words. What can't be explained is thrown on. */
export function reasonOf(error: unknown): string {
  if (error instanceof ProxyRefused) return error.message;
  if (!(error instanceof Error)) throw error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  const cause = networkCause(code);
  if (cause !== undefined) return words[cause];
  // A request that is given up when its time is over.
  if (code === 'TimeoutError' || code === 'ABORT_ERR') return 'it does not answer within 10 s';
  if (isTlsFailure(code)) return `it does not speak HTTPS (${code})`;
  throw error;
}
