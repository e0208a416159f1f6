import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run.ts';

/** A certificate and its private key, as PEM files. */
export interface KeyPair {
  readonly certFile: string;
  readonly keyFile: string;
}

export interface CertificateRequest {
  /** The name of the files. */
  readonly file: string;
  readonly commonName: string;
  readonly organization?: string;
  /** A server's names, `DNS:localhost` or `IP:127.0.0.1`; without them it is a client's certificate. */
  readonly serverNames?: readonly string[];
}

/** A throw-away certificate authority in a folder. */
export interface Authority extends KeyPair {
  readonly certPem: string;
  issue(request: CertificateRequest): Promise<KeyPair>;
}

/** Leads to the host's loopback from a machine, whose image has it in its hosts file, and from the workstation. */
export const rigName = 'rig.test';

/** Leads nowhere but where a config says so: as the name of a private API server. */
export const privateName = 'api.rig.test';

/** Whose name a DNS server of a machine's own knows. */
export const namedMirror = 'mirror.rig.test';

/**
 * Every name under which a service of the rig is reached. 10.0.2.2 is the host's loopback as a machine under QEMU's or
 * slirp4netns' user network sees it; 10.96.0.1 is the first address of the service range.
 */
export const rigServerNames: readonly string[] = [
  'IP:127.0.0.1',
  'IP:10.0.2.2',
  'IP:10.96.0.1',
  `DNS:${rigName}`,
  `DNS:${privateName}`,
  `DNS:${namedMirror}`,
  'DNS:localhost',
  'DNS:kubernetes',
  'DNS:kubernetes.default',
  'DNS:kubernetes.default.svc',
  'DNS:kubernetes.default.svc.cluster.local',
];

const days = '30';

/** Makes a certificate authority whose files lie in `dir` (which must be there) as NAME.crt and NAME.key. */
export async function createAuthority(dir: string, name: string): Promise<Authority> {
  const own = await certificate(dir, name, `/CN=flexgen rig ${name}`, [
    'basicConstraints=critical,CA:TRUE',
    'keyUsage=critical,digitalSignature,keyCertSign,cRLSign',
  ]);
  return {
    ...own,
    certPem: await readFile(own.certFile, 'utf8'),
    issue: ({ file, commonName, organization, serverNames }) => {
      const subject = `${organization === undefined ? '' : `/O=${organization}`}/CN=${commonName}`;
      const use = serverNames === undefined ? 'clientAuth' : 'serverAuth';
      const extensions = [
        'basicConstraints=critical,CA:FALSE',
        'keyUsage=critical,digitalSignature,keyEncipherment',
        `extendedKeyUsage=${use}`,
        ...(serverNames === undefined ? [] : [`subjectAltName=${serverNames.join(',')}`]),
      ];
      return certificate(dir, file, subject, extensions, own);
    },
  };
}

async function certificate(
  dir: string,
  name: string,
  subject: string,
  extensions: readonly string[],
  issuer?: KeyPair,
): Promise<KeyPair> {
  const pair = { certFile: join(dir, `${name}.crt`), keyFile: join(dir, `${name}.key`) };
  // A config of our own: the machine's would add extensions of its own, CA:TRUE among them.
  const config = join(dir, `${name}.cnf`);
  await writeFile(config, ['[req]', 'distinguished_name=dn', '[dn]', '[ext]', ...extensions, ''].join('\n'));
  const request = ['req', '-x509', '-config', config, '-extensions', 'ext', '-subj', subject, '-days', days];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc'];
  const signer = issuer === undefined ? [] : ['-CA', issuer.certFile, '-CAkey', issuer.keyFile];
  await run('openssl', [...request, ...key, ...signer, '-keyout', pair.keyFile, '-out', pair.certFile]);
  return pair;
}
