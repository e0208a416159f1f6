import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority, rigServerNames } from '../../rig/services/pki.ts';
import type { KeyPair } from '../../rig/services/pki.ts';
import { run } from '../../rig/services/run.ts';

/** Keys and certificates, PEM each. */
export interface Material {
  /** Of the servers. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  readonly clusterCa: string;
  /** Of the cluster's API server. */
  readonly apiServer: { readonly cert: string; readonly key: string };
  /** The application's key, and certificates of it: Entra looks at the certificate, so one key will do. */
  readonly applicationKey: string;
  readonly certificates: { readonly registered: string; readonly expired: string; readonly strange: string };
}

let made: Promise<Material> | undefined;

/** Throw-away keys, made once for a process: a test file that starts twenty servers would wait for each of them. */
export function material(): Promise<Material> {
  made ??= make();
  return made;
}

async function make(): Promise<Material> {
  const dir = await mkdtemp(join(tmpdir(), 'flexgen-azure-keys-'));
  try {
    const [authority, clusterAuthority, application] = await Promise.all([
      createAuthority(dir, 'azure-ca'),
      createAuthority(dir, 'cluster-ca'),
      makeApplication(dir),
    ]);
    const pair = await authority.issue({
      file: 'azure',
      commonName: 'azure',
      serverNames: rigServerNames,
    });
    const api = { file: 'api', commonName: 'kubernetes', serverNames: rigServerNames };
    const server = await clusterAuthority.issue(api);
    return {
      ca: authority.certPem,
      ...(await texts(pair)),
      clusterCa: clusterAuthority.certPem,
      apiServer: await texts(server),
      ...application,
    };
  } finally {
    await rm(dir, { recursive: true });
  }
}

async function texts({ certFile, keyFile }: KeyPair): Promise<{ cert: string; key: string }> {
  const [cert, key] = await Promise.all([readFile(certFile, 'utf8'), readFile(keyFile, 'utf8')]);
  return { cert, key };
}

async function makeApplication(dir: string): Promise<Pick<Material, 'applicationKey' | 'certificates'>> {
  const keyFile = join(dir, 'application.key');
  // Entra takes RSA keys only.
  await run('openssl', ['genrsa', '-out', keyFile, '2048']);
  const selfSigned = async (name: string, days: number): Promise<string> => {
    const request = await run('openssl', ['req', '-new', '-key', keyFile, '-subj', `/CN=flexgen ${name}`]);
    return run('openssl', ['x509', '-req', '-signkey', keyFile, '-days', `${days}`], { input: request });
  };
  const [registered, expired, strange] = await Promise.all([
    selfSigned('registered', 30),
    // It ends a day before it begins: the only past date that every openssl can write without a database.
    selfSigned('expired', -1),
    selfSigned('strange', 30),
  ]);
  return {
    applicationKey: await readFile(keyFile, 'utf8'),
    certificates: { registered, expired, strange },
  };
}
