import { codes, decoded, encoded, literal, longest, tables } from './base64.ts';

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

/** `name`: of the only node that may be asked for, as a text in CEL. */
export const variablesOf = (name: string) => [
  ...tables,
  { name: 'name', expression: `'system:node:' + ${name}` },
  { name: 'n', expression: 'size(variables.name)' },
  // What the API server shows of bytes is base64, and PEM is base64 itself.
  { name: 'request', expression: `string(dyn(object.spec.request)).replace('=', 'A')` },
  { name: 'pem', expression: decoded('variables.request') },
  {
    name: 'body',
    expression: `variables.pem.split(${literal(end)})[0].substring(${begin.length}).replace(${literal('\n')}, '')`,
  },
  { name: 'start', expression: start },
];

/** Before `start` is the length of it all, of one byte or of two, so that base64 cuts it in two ways. */
const ways = [
  `variables.body.matches('^MI[E-H]') && variables.body.substring(4).startsWith(${encoded('variables.start', 0)})`,
  `variables.body.matches('^MIIB.[DTjz]CB') && variables.body.substring(8).startsWith(${encoded('variables.start', 2)})`,
];

/** `who` asks; `unless`: whose request it is not, as a beginning in CEL. */
export const validationsOf = (who: string, unless: string) => [
  {
    expression: `${unless}object.spec.signerName == 'kubernetes.io/kube-apiserver-client-kubelet'`,
    message: `this ${who} is for the certificate of a kubelet`,
    reason: 'Forbidden',
  },
  {
    // Behind what is not read there could be a second request, which the API server takes where it can't read the first.
    expression: `${unless}size(variables.request) <= ${longest} && variables.pem.matches(${literal(pemForm)}) && (${ways.map((way) => `(${way})`).join(' || ')})`,
    messageExpression: `'this ${who} is for ' + variables.name + ' alone'`,
    message: `this ${who} is for one node alone`,
    reason: 'Forbidden',
  },
];
