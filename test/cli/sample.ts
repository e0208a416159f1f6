import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.ts';

const example = (name: string): string => readFileSync(join(root, 'templates/config/example', name), 'utf8');

/** What the sample config names. */
export const sampleFiles = {
  'facts.yaml': example('aks1.facts.yaml'),
  'ca.pem': example('cluster-ca.pem'),
  'token': 'f4k3f4.k3f4k3f4k3f4k3f4',
} as const satisfies Record<string, string>;

/** The shortest config that renders, so that a case shows only what is wrong with it; six lines. */
export const sample = `apiVersion: flexgen/v1
cluster: { facts: facts.yaml }
auth:
  mode: bootstrap-token
  token: { file: token }
network: { mode: external }
`;

/** A config whose token stands elsewhere. */
export const withToken = (token: string): string => sample.replace('{ file: token }', token);

/** A service principal with a secret from the file `secret`. */
export const principal = `apiVersion: flexgen/v1
cluster: { facts: facts.yaml }
auth:
  mode: service-principal
  clientId: 11111111-2222-4333-8444-555555555555
  tenantId: 99999999-8888-4777-8666-555555555555
  secret: { file: secret }
network: { mode: external }
`;

/** A config whose `auth` is these keys: line 3 of the file. */
export const withAuth = (keys: string, more = ''): string =>
  sample.replace(/auth:[^]*(?=network:)/, `auth: { mode: ${keys} }\n`) + more;
