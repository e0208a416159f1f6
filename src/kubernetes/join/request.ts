import { X509Certificate } from 'node:crypto';
import type { DataMap } from '../../config/data.ts';
import { commonNameOf } from './common-name.ts';
import { fieldsIn, listIn, textIn, timeIn } from '../json.ts';

/** How far a certificate signing request has come. */
export type RequestState = 'pending' | 'approved' | 'issued' | 'denied' | 'failed';

/** A kubelet's request for its client certificate. */
export interface NodeRequest {
  readonly name: string;
  readonly node: string;
  /** Who asked, as the API server knows it. */
  readonly requestor: string;
  readonly groups: readonly string[];
  /** Milliseconds. */
  readonly created: number;
  readonly state: RequestState;
  /** What was said with the denial or the failure. */
  readonly message: string;
  /** From when on the certificate is valid, where there is one. */
  readonly validFrom: Date | null;
}

/** Where the API server has all of them. */
export const allRequests = {
  resource: 'certificatesigningrequests',
  path: '/apis/certificates.k8s.io/v1/certificatesigningrequests',
};

const kubeletSigner = 'kubernetes.io/kube-apiserver-client-kubelet';
const prefix = 'system:node:';

function stateOf(status: DataMap): Pick<NodeRequest, 'state' | 'message'> {
  const conditions = listIn(status, 'conditions');
  for (const [type, state] of [
    ['Denied', 'denied'],
    ['Failed', 'failed'],
  ] as const) {
    const said = conditions.find((condition) => textIn(condition, 'type') === type);
    if (said !== undefined) return { state, message: textIn(said, 'message') || textIn(said, 'reason') };
  }
  if (textIn(status, 'certificate') !== '') return { state: 'issued', message: '' };
  const approved = conditions.some((condition) => textIn(condition, 'type') === 'Approved');
  return { state: approved ? 'approved' : 'pending', message: '' };
}

function validFromOf(status: DataMap): Date | null {
  const pem = Buffer.from(textIn(status, 'certificate'), 'base64').toString();
  if (pem === '') return null;
  try {
    return new Date(new X509Certificate(pem).validFrom);
  } catch {
    // A signer of another kind; what it made is kubelet's to judge.
    return null;
  }
}

/** A CertificateSigningRequest that is a kubelet's for its client certificate; null for any other. */
export function nodeRequest(object: DataMap): NodeRequest | null {
  const { metadata, spec, status } = {
    metadata: fieldsIn(object, 'metadata'),
    spec: fieldsIn(object, 'spec'),
    status: fieldsIn(object, 'status'),
  };
  if (textIn(spec, 'signerName') !== kubeletSigner) return null;
  const subject = commonNameOf(Buffer.from(textIn(spec, 'request'), 'base64').toString()) ?? '';
  if (!subject.startsWith(prefix)) return null;
  const groups = spec['groups'];
  return {
    name: textIn(metadata, 'name'),
    node: subject.slice(prefix.length),
    requestor: textIn(spec, 'username'),
    groups: Array.isArray(groups) ? groups.filter((group) => typeof group === 'string') : [],
    created: timeIn(metadata, 'creationTimestamp'),
    ...stateOf(status),
    validFrom: validFromOf(status),
  };
}
