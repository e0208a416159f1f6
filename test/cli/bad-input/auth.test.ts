import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { material } from '../../azure/server/material.ts';
import { run } from '../../rig/services/run.ts';
import { withAuth } from '../sample.ts';
import { refuses } from './refuses.ts';
import type { Refusal } from './refuses.ts';

/** A token that flexgen makes, for as long as this: `hint` stands beside it, or below. */
const life = (name: string, ttl: string, message: string, hint: string): Refusal => ({
  name: `a life ${name}`,
  config: withAuth(`bootstrap-token, ttl: ${ttl}`),
  stderr: `error: ${message}
 --> flexgen.yaml:3:37
  |
3 | auth: { mode: bootstrap-token, ttl: ${ttl} }
  |                                     ${'^'.repeat(ttl.length)}${hint}
`,
});

const duration = ' write it like `90m`, `24h` or `7d`';
const tooLong = (ttl: string): string =>
  `\`${ttl}\` is too long: whoever reads this token in user-data can join machines for as long as it lives`;
const otherModes =
  '\n  = at most `168h`; machines that boot later than that need another mode: service-principal, managed-identity or arc';

refuses('bootstrap tokens', [
  {
    name: 'both a token and a life of one that would be made',
    config: withAuth('bootstrap-token, token: { file: token }, ttl: 12h'),
    stderr: `error: \`ttl\` and \`token\` exclude each other
 --> flexgen.yaml:3:56
  |
3 | auth: { mode: bootstrap-token, token: { file: token }, ttl: 12h }
  |                                                        ^^^
  = \`ttl\` is for a token that flexgen makes; how long this one lives is said already
`,
  },
  life('that is no duration', 'a day', 'this is not a duration', duration),
  life('without a unit', '"24"', 'this is not a duration', duration),
  life(
    'that is too short',
    '9m',
    'a token that lives for `9m` has expired before the machine is up',
    ' from `10m` to `168h`',
  ),
  life('that is too long', '169h', tooLong('169h'), otherModes),
  life('of days that is too long', '8d', tooLong('8d'), otherModes),
]);

const ids = 'clientId: 11111111-2222-4333-8444-555555555555, tenantId: 99999999-8888-4777-8666-555555555555';
const principal = (keys: string): string => withAuth(`service-principal, ${ids}${keys}`);

const { applicationKey, certificates } = await material();
const otherKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const pem = { format: 'pem', type: 'pkcs8' } as const;
const locked = createPrivateKey(applicationKey).export({ ...pem, cipher: 'aes-256-cbc', passphrase: 'x' });
const elliptic = await run(
  'openssl',
  'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=test -keyout - -out -'.split(
    ' ',
  ),
);

/** A principal whose certificate's file holds this. */
const certificate = (name: string, text: string, message: string, hint: string): Refusal => ({
  name: `a certificate ${name}`,
  config: principal(', certificate: { file: pair.pem }'),
  files: { 'pair.pem': text },
  stderr: `error: the principal’s certificate ${message}
 --> flexgen.yaml:3:143
  |
3 | …66-555555555555, certificate: { file: pair.pem } }
  |                                ^^^^^^^^^^^^^^^^^^
  = ${hint}
`,
});

const bothInOne = 'one PEM file holds both: the certificate first, then its private key';

refuses('service principals', [
  {
    name: 'without a proof',
    config: principal(''),
    stderr: `error: \`auth\` needs exactly one of \`secret\`, \`certificate\` and \`federated\`
 --> flexgen.yaml:3:1
  |
3 | auth: { mode: service-principal, clientId: 11111111-2222-4333-8444-555555555555, tenantId: 99999999-…
  | ^^^^ add one
`,
  },
  {
    name: 'with two proofs',
    config: principal(', secret: { file: token }, federated: { file: /run/token }'),
    stderr: `error: \`auth\` needs exactly one of \`secret\`, \`certificate\` and \`federated\`
 --> flexgen.yaml:3:1
  |
3 | auth: { mode: service-principal, clientId: 11111111-2222-4333-8444-555555555555, tenantId: 99999999-…
  | ^^^^ keep one
`,
  },
  {
    name: 'with a secret in plain',
    config: principal(', secret: hunter2'),
    secrets: ['hunter2'],
    stderr: `error: a secret may not stand in this file: \`secret\` says where it comes from
 --> flexgen.yaml:3:138
  |
3 | …77-8666-555555555555, secret: ******* }
  |                                ^^^^^^^
  = write {env: NAME}, {file: PATH} or {command: [PROGRAM, ARGUMENT, …]}
`,
  },
  {
    name: 'with a federated token of the workstation',
    config: principal(', federated: { file: ./token }'),
    stderr: `error: this is not an absolute path
 --> flexgen.yaml:3:149
  |
3 | …555555555, federated: { file: ./token } }
  |                                ^^^^^^^
  = it is a file on the node: write it like \`/var/run/secrets/token\`
`,
  },
  {
    name: 'with a certificate that is not there',
    config: principal(', certificate: { file: none }'),
    stderr: `error: can't read none: there is no such file
 --> flexgen.yaml:3:143
  |
3 | …66-555555555555, certificate: { file: none } }
  |                                ^^^^^^^^^^^^^^ paths are relative to the config file
`,
  },
  certificate('without its key', certificates.registered, 'comes without its private key', bothInOne),
  certificate('that is none', 'hunter2', 'is no certificate in PEM', bothInOne),
  certificate(
    'of another key',
    certificates.registered + String(otherKey.export(pem)),
    'does not belong to the private key beside it',
    bothInOne,
  ),
  certificate(
    'whose key has a password',
    certificates.registered + String(locked),
    'has a private key that can’t be read',
    'take its password off: `openssl rsa -in KEY -out KEY`',
  ),
  certificate(
    'with a key that is not RSA’s',
    elliptic,
    'has no RSA key, and Entra takes no other',
    'make one with `openssl req -x509 -newkey rsa:2048 …`',
  ),
]);
