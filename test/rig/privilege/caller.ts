import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import type { ClusterSite } from '../cluster-site.ts';

/** What somebody shows to the API server. */
export type Proof = { readonly token: string } | { readonly certPem: string; readonly keyPem: string };

export interface Answer {
  readonly status: number;
  /** Of a refusal. */
  readonly message: string;
}

export interface Message {
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Somebody whom the API server knows. */
export interface Caller {
  /** `kubectl` as this one. */
  kubectl(args: readonly string[]): Promise<string>;
  /** One request, whatever the answer. */
  ask(method: string, path: string, message?: Message): Promise<Answer>;
}

/** Whoever shows this proof; `name` is its kubeconfig's. */
export async function callerWith(site: ClusterSite, name: string, proof: Proof): Promise<Caller> {
  const { controlPlane } = site;
  const base64 = (pem: string): string => Buffer.from(pem).toString('base64');
  const kubeconfig = await site.kubeconfig(
    name,
    'token' in proof
      ? proof
      : { 'client-certificate-data': base64(proof.certPem), 'client-key-data': base64(proof.keyPem) },
  );
  const identity =
    'token' in proof
      ? { headers: { authorization: `Bearer ${proof.token}` } }
      : { cert: proof.certPem, key: proof.keyPem, headers: {} };
  const ask: Caller['ask'] = async (method, path, { body, headers = {} } = {}) => {
    const content = body === undefined ? undefined : JSON.stringify(body);
    const contentType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const options = {
      ...identity,
      method,
      ca: controlPlane.caPem,
      agent: false,
      headers: {
        ...identity.headers,
        ...(content === undefined ? {} : { 'content-type': contentType }),
        ...headers,
      },
    };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request(`https://127.0.0.1:${controlPlane.port}${path}`, options, resolve)
        .on('error', reject)
        .end(content);
    });
    const answer = JSON.parse(await text(response)) as Record<string, unknown>;
    const said = answer['kind'] === 'Status' ? String(answer['message']) : '';
    return { status: response.statusCode ?? 0, message: said };
  };
  return { ask, kubectl: (args) => controlPlane.kubectl([`--kubeconfig=${kubeconfig}`, ...args]) };
}

/** A service account that may do everything, since the administrator's own certificate is kubectl's matter. */
export async function administratorOf(site: ClusterSite): Promise<Caller> {
  const { kubectl } = site.controlPlane;
  const name = 'administrator';
  await kubectl(['create', 'serviceaccount', name]);
  const role = ['--clusterrole=cluster-admin', `--serviceaccount=default:${name}`];
  await kubectl(['create', 'clusterrolebinding', name, ...role]);
  return await callerWith(site, name, { token: (await kubectl(['create', 'token', name])).trim() });
}
