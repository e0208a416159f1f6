import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { material } from '../../azure/server/material.ts';
import { run } from '../../rig/services/run.ts';
import { sample } from '../sample.ts';
import { refuses } from './refuses.ts';

const head = sample.slice(0, sample.indexOf('auth:'));
const rest = 'network: { mode: external }\n';

/** A config whose `auth` is these keys: line 3 of the file. */
const withAuth = (keys: string, more = ''): string => `${head}auth: { mode: ${keys} }\n${rest}${more}`;

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
  {
    name: 'a life that is no duration',
    config: withAuth('bootstrap-token, ttl: a day'),
    stderr: `error: this is not a duration
 --> flexgen.yaml:3:37
  |
3 | auth: { mode: bootstrap-token, ttl: a day }
  |                                     ^^^^^ write it like \`90m\`, \`24h\` or \`7d\`
`,
  },
  {
    name: 'a life without a unit',
    config: withAuth('bootstrap-token, ttl: "24"'),
    stderr: `error: this is not a duration
 --> flexgen.yaml:3:37
  |
3 | auth: { mode: bootstrap-token, ttl: "24" }
  |                                     ^^^^ write it like \`90m\`, \`24h\` or \`7d\`
`,
  },
  {
    name: 'a life that is too short',
    config: withAuth('bootstrap-token, ttl: 9m'),
    stderr: `error: a token that lives for \`9m\` has expired before the machine is up
 --> flexgen.yaml:3:37
  |
3 | auth: { mode: bootstrap-token, ttl: 9m }
  |                                     ^^ from \`10m\` to \`168h\`
`,
  },
  {
    name: 'a life that is too long',
    config: withAuth('bootstrap-token, ttl: 169h'),
    stderr: `error: \`169h\` is too long: whoever reads this token in user-data can join machines for as long as it lives
 --> flexgen.yaml:3:37
  |
3 | auth: { mode: bootstrap-token, ttl: 169h }
  |                                     ^^^^
  = at most \`168h\`; machines that boot later than that need another mode: service-principal, managed-identity or arc
`,
  },
  {
    name: 'a life of days that is too long',
    config: withAuth('bootstrap-token, ttl: 8d'),
    stderr: `error: \`8d\` is too long: whoever reads this token in user-data can join machines for as long as it lives
 --> flexgen.yaml:3:37
  |
3 | auth: { mode: bootstrap-token, ttl: 8d }
  |                                     ^^
  = at most \`168h\`; machines that boot later than that need another mode: service-principal, managed-identity or arc
`,
  },
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
const certificate = (name: string, text: string, stderr: string) => ({
  name: `a certificate ${name}`,
  config: principal(', certificate: { file: pair.pem }'),
  files: { 'pair.pem': text },
  stderr,
});

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
  certificate(
    'without its key',
    certificates.registered,
    `error: the principal’s certificate comes without its private key
 --> flexgen.yaml:3:143
  |
3 | …66-555555555555, certificate: { file: pair.pem } }
  |                                ^^^^^^^^^^^^^^^^^^
  = one PEM file holds both: the certificate first, then its private key
`,
  ),
  certificate(
    'that is none',
    'hunter2',
    `error: the principal’s certificate is no certificate in PEM
 --> flexgen.yaml:3:143
  |
3 | …66-555555555555, certificate: { file: pair.pem } }
  |                                ^^^^^^^^^^^^^^^^^^
  = one PEM file holds both: the certificate first, then its private key
`,
  ),
  certificate(
    'of another key',
    certificates.registered + String(otherKey.export(pem)),
    `error: the principal’s certificate does not belong to the private key beside it
 --> flexgen.yaml:3:143
  |
3 | …66-555555555555, certificate: { file: pair.pem } }
  |                                ^^^^^^^^^^^^^^^^^^
  = one PEM file holds both: the certificate first, then its private key
`,
  ),
  certificate(
    'whose key has a password',
    certificates.registered + String(locked),
    `error: the principal’s certificate has a private key that can’t be read
 --> flexgen.yaml:3:143
  |
3 | …66-555555555555, certificate: { file: pair.pem } }
  |                                ^^^^^^^^^^^^^^^^^^
  = take its password off: \`openssl rsa -in KEY -out KEY\`
`,
  ),
  certificate(
    'with a key that is not RSA’s',
    elliptic,
    `error: the principal’s certificate has no RSA key, and Entra takes no other
 --> flexgen.yaml:3:143
  |
3 | …66-555555555555, certificate: { file: pair.pem } }
  |                                ^^^^^^^^^^^^^^^^^^
  = make one with \`openssl req -x509 -newkey rsa:2048 …\`
`,
  ),
]);

const arc = (keys: string, more = ''): string => withAuth(`arc${keys}`, more);
const place =
  ', subscriptionId: 33333333-4444-4555-8666-777777777777, resourceGroup: g, location: westeurope, tenantId: 99999999-8888-4777-8666-555555555555';
const named = 'node: { name: edge-01 }\n';

refuses('Arc machines', [
  {
    name: 'that are nowhere',
    config: arc('', named),
    stderr: `error: nothing says the Arc machine’s \`subscriptionId\`
 --> flexgen.yaml:3:7
  |
3 | auth: { mode: arc }
  |       ^^^^^^^^^^^^^
  = add \`subscriptionId\` to \`auth\`; \`cluster.resourceId\`, or facts of \`flexgen facts\`, say it too

error: nothing says the Arc machine’s \`resourceGroup\`
 --> flexgen.yaml:3:7
  |
3 | auth: { mode: arc }
  |       ^^^^^^^^^^^^^
  = add \`resourceGroup\` to \`auth\`; \`cluster.resourceId\`, or facts of \`flexgen facts\`, say it too

error: nothing says the Arc machine’s \`location\`
 --> flexgen.yaml:3:7
  |
3 | auth: { mode: arc }
  |       ^^^^^^^^^^^^^
  = add \`location\` to \`auth\`; \`cluster.resourceId\`, or facts of \`flexgen facts\`, say it too

error: nothing says the Arc machine’s \`tenantId\`
 --> flexgen.yaml:3:7
  |
3 | auth: { mode: arc }
  |       ^^^^^^^^^^^^^
  = add \`tenantId\` to \`auth\`; \`cluster.resourceId\`, or facts of \`flexgen facts\`, say it too
`,
  },
  {
    name: 'without a name',
    config: arc(place),
    stderr: `error: a machine that is registered before it boots needs a name
 --> flexgen.yaml:3:7
  |
3 | auth: { mode: arc, subscriptionId: 33333333-4444-4555-8666-777777777777, resourceGroup: g, location:…
  |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = set \`node.name\`, or \`machineName\`; for a group with one payload use \`onboarding: service-principal\`
`,
  },
  {
    name: 'whose name is none',
    config: arc(`${place}, machineName: "edge 01"`),
    stderr: `error: this is not a name that an Arc machine may have
 --> flexgen.yaml:3:175
  |
3 | …66-555555555555, machineName: "edge 01" }
  |                                ^^^^^^^^^ letters, digits, \`-\`, \`_\` and \`.\`; at most 54 characters
`,
  },
  {
    name: 'whose node’s name is too long',
    config: arc(place, `node: { name: ${'a'.repeat(55)} }\n`),
    stderr: `error: the node’s name is not one that an Arc machine may have
 --> flexgen.yaml:5:15
  |
5 | node: { name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa }
  |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = set \`auth.machineName\`: letters, digits, \`-\`, \`_\` and \`.\`; at most 54 characters
`,
  },
  {
    name: 'in a group that is none',
    config: arc(place.replace('g,', '"g.",'), named),
    stderr: `error: this is not the name of a resource group
 --> flexgen.yaml:3:89
  |
3 | …-777777777777, resourceGroup: "g.", location: westeurope, tenantId: 99999999-8888-4777-8666-5555555…
  |                                ^^^^
  = letters, digits, \`-\`, \`_\`, \`.\` and parentheses; at most 90 characters, and no \`.\` at the end
`,
  },
  {
    name: 'in a region as people write it',
    config: arc(place.replace('westeurope', 'West Europe'), named),
    stderr: `error: this is not the name of an Azure region
 --> flexgen.yaml:3:102
  |
3 | …, resourceGroup: g, location: West Europe, tenantId: 99999999-8888-4777-8666-555555555555 }
  |                                ^^^^^^^^^^^
  = write it like \`westeurope\`; \`az account list-locations --query [].name\` lists them
`,
  },
  {
    name: 'with a tag that Azure refuses',
    config: arc(`${place}, tags: { "a/b": c }`, named),
    stderr: `error: this is not a name that a tag may have
 --> flexgen.yaml:3:170
  |
3 | …77-8666-555555555555, tags: { "a/b": c } }
  |                                ^^^^^ at most 512 characters, none of \`<>%&\\?/\`
`,
  },
  {
    name: 'that register themselves with a tag that the agent can’t set',
    config: arc(`${place}, tags: { a: "b,c" }, onboarding: access-token`, named),
    stderr: `error: the agent can’t set a tag with a comma or an equals sign
 --> flexgen.yaml:3:173
  |
3 | …8666-555555555555, tags: { a: "b,c" }, onboarding: access-token }
  |                                ^^^^^
  = leave them out, or use \`onboarding: preregistered\`, which sets tags from here
`,
  },
  {
    name: 'that register themselves as nobody',
    config: arc(`${place}, onboarding: service-principal`, named),
    stderr: `error: \`onboarding: service-principal\` needs \`servicePrincipal\`
 --> flexgen.yaml:3:174
  |
3 | …666-555555555555, onboarding: service-principal }
  |                                ^^^^^^^^^^^^^^^^^
  = add \`servicePrincipal: {clientId: GUID, secret: {env: NAME}}\`
`,
  },
  {
    name: 'with a principal that is not used',
    config: arc(
      `${place}, servicePrincipal: { clientId: 11111111-2222-4333-8444-555555555555, secret: { file: token } }`,
      named,
    ),
    stderr: `error: \`onboarding: preregistered\` uses no \`servicePrincipal\`
 --> flexgen.yaml:3:162
  |
3 | …-8888-4777-8666-555555555555, servicePrincipal: { clientId: 11111111-2222-4333-8444-555555555555, s…
  |                                ^^^^^^^^^^^^^^^^ remove it, or write \`onboarding: service-principal\`
`,
  },
  {
    name: 'of a release that the agent is not published for',
    config: arc(place, 'node: { name: edge-01, os: debian-13 }\n'),
    stderr: `error: Arc’s agent is not published for debian-13
 --> flexgen.yaml:5:28
  |
5 | node: { name: edge-01, os: debian-13 }
  |                            ^^^^^^^^^
  = use another release, or set \`auth.agent.repository\`, or name a lock file that has \`azcmagent\`
`,
  },
  {
    name: 'with a key that has half a fingerprint',
    config: arc(`${place}, agent: { keyFingerprint: BC528686B50D79E3 }`, named),
    stderr: `error: this is not the fingerprint of an OpenPGP key
 --> flexgen.yaml:3:187
  |
3 | …555, agent: { keyFingerprint: BC528686B50D79E3 } }
  |                                ^^^^^^^^^^^^^^^^
  = all 40 hex digits, without spaces; \`gpg --show-keys FILE\` prints them
`,
  },
  {
    name: 'with a repository that is not encrypted',
    config: arc(`${place}, agent: { repository: http://apt.example/prod }`, named),
    stderr: `error: http is not safe here
 --> flexgen.yaml:3:183
  |
3 | …5555555, agent: { repository: http://apt.example/prod } }
  |                                ^^^^^^^^^^^^^^^^^^^^^^^ write \`https://\`
`,
  },
  {
    name: 'with a version that is none',
    config: arc(`${place}, agent: { version: newest }`, named),
    stderr: `error: this is not the version of a package
 --> flexgen.yaml:3:180
  |
3 | …5555555555, agent: { version: newest } }
  |                                ^^^^^^
  = write it as \`apt-cache madison azcmagent\` prints it, e.g. \`1.60.03293.809\`
`,
  },
]);
