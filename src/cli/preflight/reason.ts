import { ProxyRefused } from './probe.ts';

const otherAuthority = 'its certificate is not signed by an authority that is trusted here';

/** What the system, OpenSSL and Node.js say where no answer comes. */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ENOTFOUND: 'its name is unknown here',
  EAI_AGAIN: 'its name can’t be looked up',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
  ETIMEDOUT: 'it does not answer',
  TimeoutError: 'it does not answer within 10 s',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: otherAuthority,
  UNABLE_TO_GET_ISSUER_CERT: otherAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: otherAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: otherAuthority,
  DEPTH_ZERO_SELF_SIGNED_CERT: otherAuthority,
  CERT_SIGNATURE_FAILURE: otherAuthority,
  CERT_HAS_EXPIRED: 'its certificate has expired, or this machine’s clock is wrong',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet, or this machine’s clock is wrong',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

/** Why no answer came, in words. What can't be explained is thrown on. */
export function reasonOf(error: unknown): string {
  if (error instanceof ProxyRefused) return error.message;
  if (!(error instanceof Error)) throw error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  const known = reasons[code];
  if (known !== undefined) return known;
  if (/^(ERR_SSL_|ERR_TLS_|EPROTO|HPE_)/.test(code)) return `it does not speak HTTPS (${code})`;
  throw error;
}
