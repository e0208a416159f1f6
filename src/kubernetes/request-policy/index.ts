import type { Kind } from '../kinds.ts';
import type { WantedObject } from '../object.ts';
import { codes, decoded, encoded, literal, longest, tables } from './base64.ts';

/** A token of one node brings a group along that ends with the node's name. */
const groupOfNode = 'system:bootstrappers:flexgen:node:';

/** Beyond, some lengths in a request have another form, which the policy does not read; labels have the same limit. */
const longestName = 63;

/** The group of the tokens of one node; null where a token can't be bound to it. Groups have no dots, and names no colons. */
export function groupOf(nodeName: string | null): string | null {
  if (nodeName === null || nodeName.length > longestName) return null;
  return `${groupOfNode}${nodeName.replaceAll('.', ':')}`;
}

const [begin, end] = ['-----BEGIN CERTIFICATE REQUEST-----\n', '-----END CERTIFICATE REQUEST-----\n'];

/** The lines of one block, and nothing before, between or behind them that would be read otherwise. */
const pemForm = String.raw`^${begin}([A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{1,64}={0,2}\n${end}_{0,2}$`;

const bytes = (...values: readonly (number | string)[]): string => `[${values.join(', ')}]`;

/**
 * The start of a kubelet's request, from the length of what is signed to the first byte of its key, as DER (RFC 2986) has
 * it: whoever has another name in it, or another form, is not this node's kubelet. `n` is the length of the name.
 */
const start = [
  bytes(0x30, 0x81, '132 + variables.n', 2, 1, 0, 0x30, '34 + variables.n'),
  // Organisation.
  bytes(0x31, 21, 0x30, 19, 6, 3, 0x55, 4, 10, 0x13, 12),
  codes(literal('system:nodes')),
  // Common name.
  bytes(0x31, '9 + variables.n', 0x30, '7 + variables.n', 6, 3, 0x55, 4, 3, 0x13, 'variables.n'),
  codes('variables.name'),
  // A public key on the curve P-256.
  bytes(
    0x30,
    89,
    0x30,
    19,
    6,
    7,
    42,
    134,
    72,
    206,
    61,
    2,
    1,
    6,
    8,
    42,
    134,
    72,
    206,
    61,
    3,
    1,
    7,
    3,
    66,
    0,
    4,
  ),
].join(' + ');

const groups = 'request.userInfo.groups';
const isOfNode = `g.startsWith(${literal(groupOfNode)})`;

const variables = [
  ...tables,
  {
    name: 'name',
    expression: `'system:node:' + ${groups}.filter(g, ${isOfNode})[0].substring(${groupOfNode.length}).replace(':', '.')`,
  },
  { name: 'n', expression: 'size(variables.name)' },
  // What the API server shows of bytes is base64, and PEM is base64 itself.
  { name: 'request', expression: `string(dyn(object.spec.request)).replace('=', 'A')` },
  { name: 'pem', expression: decoded('variables.request') },
  {
    name: 'body',
    expression: `variables.pem.split(${literal(end)})[0].substring(${begin.length}).replace(${literal('\n')}, '')`,
  },
  { name: 'start', expression: start },
] as const;

/** Before `start` is the length of it all, of one byte or of two, so that base64 cuts it in two ways. */
const ways = [
  `variables.body.matches('^MI[E-H]') && variables.body.substring(4).startsWith(${encoded('variables.start', 0)})`,
  `variables.body.matches('^MIIB.[DTjz]CB') && variables.body.substring(8).startsWith(${encoded('variables.start', 2)})`,
];

const validations = [
  {
    expression: `object.spec.signerName == 'kubernetes.io/kube-apiserver-client-kubelet'`,
    message: 'this bootstrap token is for the certificate of a kubelet',
    reason: 'Forbidden',
  },
  {
    // Behind what is not read there could be a second request, which the API server takes where it can't read the first.
    expression: `size(variables.request) <= ${longest} && variables.pem.matches(${literal(pemForm)}) && (${ways.map((way) => `(${way})`).join(' || ')})`,
    messageExpression: `'this bootstrap token is for ' + variables.name + ' alone'`,
    message: 'this bootstrap token is for one node alone',
    reason: 'Forbidden',
  },
] as const;

const name = 'flexgen-token-of-one-node';
const own = { namespace: null, name, labels: {} } as const;

/** In the order in which they go: without its binding a policy is nothing. */
export const policyKinds = [
  'ValidatingAdmissionPolicyBinding',
  'ValidatingAdmissionPolicy',
] as const satisfies readonly Kind[];

/** A bootstrap token of one node asks for the certificate of that node and for no other. Whoever has others is not asked. */
export const requestPolicy: readonly WantedObject[] = [
  {
    ...own,
    kind: 'ValidatingAdmissionPolicy',
    content: {
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: ['certificates.k8s.io'],
              apiVersions: ['v1'],
              operations: ['CREATE'],
              resources: ['certificatesigningrequests'],
              scope: '*',
            },
          ],
        },
        matchConditions: [{ name: 'token-of-one-node', expression: `${groups}.exists(g, ${isOfNode})` }],
        variables,
        validations,
      },
    },
  },
  {
    ...own,
    kind: 'ValidatingAdmissionPolicyBinding',
    content: { spec: { policyName: name, validationActions: ['Deny'] } },
  },
];
