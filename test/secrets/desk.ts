import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { azureFor } from '../azure/fixture.ts';
import type { Azure } from '../azure/server/azure.ts';
import { material } from '../azure/server/material.ts';
import { program, temporary } from '../cli/run.ts';
import { startOpenApiServer } from './api-server.ts';
import type { OpenApiServer } from './api-server.ts';
import { canaries, keyPieces, machineKeyPieces, secretOf, signatureOf } from './canaries.ts';
import type { Canaries } from './canaries.ts';
import { badConfigs, configsOf } from './configs.ts';
import { observe } from './observe.ts';
import type { Observed } from './observe.ts';
import type { Secrets } from './search.ts';

/** An operator's desk: a folder with a config for each mode, an Azure, a cluster, and a secret wherever one can be. */
export interface Desk {
  readonly folder: string;
  readonly azure: Azure;
  readonly canaries: Canaries;
  /** Runs flexgen, traced. */
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Observed>;
  write(path: string, content: string | Uint8Array, mode?: number): void;
  read(path: string): Buffer;
  /** All that must not be seen, those that were made meanwhile among them. */
  secrets(): Secrets;
}

/** A kubeconfig whose user has this. */
const kubeconfig = (server: string, user: object): string =>
  JSON.stringify({
    'clusters': [{ name: 'c', cluster: { server, 'insecure-skip-tls-verify': true } }],
    'users': [{ name: 'u', user }],
    'contexts': [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  });

function filesOf(folder: string, known: Canaries, azure: Azure, { url }: OpenApiServer, clientKey: string) {
  const { certificate, federatedToken } = azure.credentials;
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const credential = {
    apiVersion: 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    status: { token: known.pluginToken },
  };
  return {
    'client-secret': known.clientSecret,
    'registry-password': known.registryPassword,
    'proxy-password': known.proxyPassword,
    'pair.pem': certificate.keyPem + certificate.certPem,
    'federated': federatedToken,
    'mine.yaml': `#cloud-config\nchpasswd: {users: [{name: root, password: ${known.ownPassword}}]}\n`,
    'token.kubeconfig': kubeconfig(url, { token: known.kubeconfigToken }),
    'key.kubeconfig': kubeconfig(url, {
      'client-certificate-data': base64(certificate.certPem),
      'client-key-data': base64(clientKey),
    }),
    'plugin.kubeconfig': kubeconfig(url, { exec: { command: join(folder, 'plugin') } }),
    'credential.json': JSON.stringify(credential),
    'half.kubeconfig': kubeconfig(url, {
      'client-certificate-data': base64(certificate.certPem),
      'client-key-data': base64(clientKey.slice(0, -60)),
    }),
    'broken.kubeconfig': `users: [{name: u, user: {token: ${known.kubeconfigToken}}`,
    'failing.kubeconfig': kubeconfig(url, {
      exec: { command: 'sh', args: ['-c', 'cat credential.json; exit 1'] },
    }),
    'half.pem': certificate.keyPem.slice(0, -60),
    'control': `${known.registryPassword}\t${known.ownPassword}`,
    'large.yaml': `#cloud-config\nchpasswd: {users: [{name: root, password: ${known.ownPassword}}]}\nfinal_message: ${randomBytes(30_000).toString('base64')}\n`,
    'plugin': `#!/bin/sh\nexec cat '${join(folder, 'credential.json')}'\n`,
  };
}

/** The keys that flexgen has made for machines. */
function machineKeys(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.flexgen\/arc\/.*\.json$/.test(path))
    .map(
      (path) => (JSON.parse(readFileSync(join(folder, path), 'utf8')) as { privateKey: string }).privateKey,
    );
}

/** Starts it all; it ends with the test. */
export async function deskFor(t: TestContext): Promise<Desk> {
  const azure = await azureFor(t);
  const api = await startOpenApiServer(t);
  azure.setCluster({ server: api.url });
  const folder = temporary(t);
  const known = canaries(azure);
  const clientKey = (await material()).key;
  const keys = new Set<string>();
  const write: Desk['write'] = (path, content, mode = 0o600) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
    chmodSync(join(folder, path), mode);
  };
  for (const [path, content] of Object.entries(filesOf(folder, known, azure, api, clientKey)))
    write(path, content);
  chmodSync(join(folder, 'plugin'), 0o700);
  for (const [name, config] of Object.entries(configsOf(azure)))
    write(`${name}.yaml`, JSON.stringify(config, null, 2));
  for (const [name, config] of Object.entries(badConfigs(azure, known))) write(`${name}.yaml`, config);
  const env = {
    PATH: `${azure.commandLines.dir}:/usr/bin:/bin`,
    HOME: folder,
  };
  const variables = {
    BOOTSTRAP_TOKEN: known.bootstrapToken,
    ONBOARDING_SECRET: known.clientSecret,
    WRONG_SECRET: known.wrongSecret,
  };
  /** The variables that a command line's config names: any other is no secret that flexgen could know of. */
  const named = (args: readonly string[]): Record<string, string> => {
    const file = args.find((word) => word.endsWith('.yaml'));
    const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8');
    return Object.fromEntries(Object.entries(variables).filter(([name]) => text.includes(name)));
  };
  return {
    folder,
    azure,
    canaries: known,
    write,
    read: (path) => readFileSync(join(folder, path)),
    run: (args, more = {}) =>
      observe({
        argv: [process.execPath, program, ...args],
        cwd: folder,
        env: { ...env, ...named(args), ...more },
      }),
    secrets() {
      for (const key of machineKeys(folder)) keys.add(key);
      return {
        'bootstrap token, given': secretOf(known.bootstrapToken),
        'bootstrap token, made': Array.from(api.tokens, secretOf),
        'client secret': known.clientSecret,
        'certificate’s private key': keyPieces(azure.credentials.certificate.keyPem),
        'Arc machine’s private key': [...keys].flatMap(machineKeyPieces),
        'wrong client secret': known.wrongSecret,
        'registry’s password': known.registryPassword,
        'proxy’s password': known.proxyPassword,
        'password in the user’s own user-data': known.ownPassword,
        'access tokens of Entra': azure.issuedTokens().map(signatureOf),
        'operator’s federated token': signatureOf(azure.credentials.federatedToken),
        'operator’s password of a certificate': known.certificatePassword,
        'operator’s proxy password': known.operatorProxyPassword,
        'kubeconfig’s token': known.kubeconfigToken,
        'kubeconfig’s client key': keyPieces(clientKey),
        'token of the kubeconfig’s program': known.pluginToken,
      };
    },
  };
}
