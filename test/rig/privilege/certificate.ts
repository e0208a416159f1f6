import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ControlPlane } from '../services/control-plane.ts';
import { until } from '../services/processes.ts';
import { run } from '../services/run.ts';
import type { Caller, Answer, Proof } from './caller.ts';

/** A request for a certificate, and the key that it is for. */
export interface Request {
  readonly pem: string;
  readonly keyPem: string;
}

const p256 = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];

/** OpenSSL would write UTF8String, and Go writes PrintableString where that has all letters. */
const asGo = '[req]\nstring_mask = nombstr\ndistinguished_name = dn\n[dn]\n';

/** As a kubelet makes it: a key of P-256, and the name of a node of the group of nodes. */
export async function requestFor(
  node: string,
  { config = asGo, subject = `/O=system:nodes/CN=system:node:${node}`, key = p256 } = {},
): Promise<Request> {
  const dir = await mkdtemp(join(tmpdir(), 'flexgen-request-'));
  try {
    const [configFile, keyFile, file] = [join(dir, 'config'), join(dir, 'key'), join(dir, 'csr')];
    await writeFile(configFile, config);
    const asked = ['-config', configFile, '-subj', subject, '-noenc', ...key];
    await run('openssl', ['req', '-new', ...asked, '-keyout', keyFile, '-out', file]);
    return { pem: await readFile(file, 'utf8'), keyPem: await readFile(keyFile, 'utf8') };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

export const requestsPath = '/apis/certificates.k8s.io/v1/certificatesigningrequests';

/** The object of a request, as a kubelet posts it. */
export const requestObject = (name: string, { pem }: Request): object => ({
  apiVersion: 'certificates.k8s.io/v1',
  kind: 'CertificateSigningRequest',
  metadata: { name },
  spec: {
    request: Buffer.from(pem).toString('base64'),
    signerName: 'kubernetes.io/kube-apiserver-client-kubelet',
    usages: ['digital signature', 'client auth'],
  },
});

/** Asks the cluster for a certificate of this node. */
export const asks = async (caller: Caller, name: string, request: Request): Promise<Answer> =>
  await caller.ask('POST', requestsPath, { body: requestObject(name, request) });

interface State {
  readonly status: {
    readonly certificate?: string;
    readonly conditions?: readonly { readonly type: string }[];
  };
}

/** What became of a request so far. */
export async function stateOf({ kubectl }: ControlPlane, name: string): Promise<State['status']> {
  return (JSON.parse(await kubectl(['get', 'csr', name, '-o', 'json'])) as State).status;
}

/** The certificate that the cluster makes of a request by itself. */
export async function signed(controlPlane: ControlPlane, name: string): Promise<string> {
  let certificate: string | undefined;
  const isThere = async (): Promise<boolean> => {
    ({ certificate } = await stateOf(controlPlane, name));
    return certificate !== undefined;
  };
  await until(`a certificate for ${name}`, isThere, { seconds: 60 });
  return Buffer.from(certificate ?? '', 'base64').toString();
}

/** What a machine gets that asks with this identity to be this node. */
export async function joins(
  controlPlane: ControlPlane,
  caller: Caller,
  node: string,
  name = `joins-${node}`,
): Promise<Proof> {
  const request = await requestFor(node);
  const { status, message } = await asks(caller, name, request);
  if (status !== 201) throw new Error(`${node} may not ask: ${status} ${message}`);
  return { certPem: await signed(controlPlane, name), keyPem: request.keyPem };
}
