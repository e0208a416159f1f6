/** Why no answer came over a network. */
export type NetworkCause =
  | 'refused'
  | 'cut'
  | 'unknown name'
  | 'no look-up'
  | 'no route'
  | 'silence'
  | 'untrusted'
  | 'expired'
  | 'not yet valid'
  | 'other name';

/** Codes of the system, of OpenSSL and of Node.js's TLS. */
const causes: Readonly<Record<string, NetworkCause>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'cut',
  EPIPE: 'cut',
  ENOTFOUND: 'unknown name',
  EAI_AGAIN: 'no look-up',
  EHOSTUNREACH: 'no route',
  ENETUNREACH: 'no route',
  ETIMEDOUT: 'silence',
  // A chain that ends nowhere, or elsewhere.
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'untrusted',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'untrusted',
  CERT_SIGNATURE_FAILURE: 'untrusted',
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'not yet valid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'other name',
};

/** What happened, of whoever was asked; those who know more of him have words of their own, and say what to do. */
export const causeWords = {
  'refused': 'nothing listens there',
  'cut': 'the connection was cut',
  'unknown name': 'its name is unknown here',
  'no look-up': 'its name can’t be looked up',
  'no route': 'there is no way to it',
  'silence': 'it does not answer',
  'other name': 'its certificate is for another name',
} as const satisfies Partial<Record<NetworkCause, string>>;

/** What a code means; undefined for one that is none of a network's. */
export function networkCause(code: string): NetworkCause | undefined {
  return causes[code];
}

/** Whether the other side does not speak TLS, or not as it should. */
export const isTlsFailure = (code: string): boolean => /^(ERR_SSL_|ERR_TLS_|EPROTO|HPE_)/.test(code);
