import { request } from 'node:https';
import type { RequestOptions } from 'node:https';
import { text } from 'node:stream/consumers';
import { isMap, jsonIn } from '../config/data.ts';
import { networkProblem } from './network-problem.ts';
import { statusProblem } from './status-problem.ts';

interface Call {
  /** Path and query. */
  readonly path: string;
  /** RBAC's words for it. */
  readonly verb: keyof typeof methods;
  readonly resource: string;
  readonly body?: object;
  /** The form of the answer that is wanted; default: all of it. */
  readonly accept?: string;
}

/** The API server as the operator. */
export interface ApiServer {
  readonly server: string;
  /** The answer's JSON; undefined where a `get` finds nothing. Throws ClusterRefused. */
  call(call: Call): Promise<unknown>;
  /** What its clock said at its last answer; null before the first. */
  time(): Date | null;
}

export interface ApiServerOptions {
  /** The API server's URL. */
  readonly server: string;
  readonly userAgent: string;
  /** For one request, in milliseconds; an API server that has nothing to do answers in tens. */
  readonly timeout?: number | undefined;
  /** What to do where the API server does not know who asks. */
  readonly signIn: string;
}

const methods = { get: 'GET', list: 'GET', create: 'POST', patch: 'PATCH', delete: 'DELETE' } as const;

/** JSON is YAML, and server-side apply has no content type of its own for it. */
const contentTypeOf = ({ verb }: Call): string =>
  verb === 'patch' ? 'application/apply-patch+yaml' : 'application/json';

/** The form of a list of nothing but names and labels. */
export const namesAlone = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

/** The API server as whom `base` signs in; the first call connects. */
export function apiServer(base: RequestOptions, options: ApiServerOptions): ApiServer {
  const { server, userAgent, timeout = 30_000, signIn } = options;

  let time: Date | null = null;

  const send = async (call: Call): Promise<{ status: number; body: string }> => {
    const body = call.body === undefined ? undefined : JSON.stringify(call.body);
    const headers = {
      ...Object.fromEntries(Object.entries(base.headers ?? {})),
      'accept': call.accept ?? 'application/json',
      'user-agent': userAgent,
      ...(body === undefined
        ? {}
        : { 'content-type': contentTypeOf(call), 'content-length': Buffer.byteLength(body) }),
    };
    return await new Promise((resolve, reject) => {
      const url = new URL(`${server.replace(/\/+$/, '')}${call.path}`);
      const signal = AbortSignal.timeout(timeout);
      request(url, { ...base, headers, signal, method: methods[call.verb] }, (response) => {
        const said = new Date(response.headers.date ?? '');
        if (!Number.isNaN(said.getTime())) time = said;
        text(response).then((answer) => resolve({ status: response.statusCode ?? 0, body: answer }), reject);
      })
        .on('error', reject)
        .end(body);
    });
  };

  return {
    server,
    time: () => time,
    async call(call) {
      let answer: { status: number; body: string };
      try {
        answer = await send(call);
      } catch (error) {
        throw networkProblem(error, server) ?? error;
      }
      const { status, body } = answer;
      if (status === 404 && call.verb === 'get') return undefined;
      const json = jsonIn(body);
      if (status >= 200 && status < 300 && json !== undefined) return json;
      throw statusProblem({ ...call, status, message: messageOf(json), signIn });
    },
  };
}

/** `metav1.Status.message`, where the answer is one, and what its causes add to that. */
function messageOf(json: unknown): string {
  if (!isMap(json)) return '';
  const details = isMap(json['details']) ? json['details'] : {};
  const causes: unknown = details['causes'];
  const added = (Array.isArray(causes) ? causes : []).flatMap((cause: unknown) =>
    isMap(cause) && cause['reason'] === 'DisruptionBudget' ? [String(cause['message'])] : [],
  );
  const message = json['message'];
  return [...(typeof message === 'string' ? [message] : []), ...added].join(' ');
}
