import { createServer } from 'node:https';
import type { TestContext } from 'node:test';
import { text } from 'node:stream/consumers';
import { close, open } from '../azure/server/http.ts';
import { material } from '../azure/server/material.ts';

/** A cluster's API server that keeps whatever it is given, whoever gives it. */
export interface OpenApiServer {
  readonly url: string;
  /** The bootstrap tokens that were made, ID.SECRET, those that were removed since among them. */
  readonly tokens: ReadonlySet<string>;
  /** What says who asks, of every request: bearer tokens. */
  readonly bearers: ReadonlySet<string>;
}

interface Kept {
  readonly metadata: object;
  readonly data?: Readonly<Record<string, string>>;
}

/** The path of all objects of a kind; that of one has its name behind it. */
const collection = /^\/(?:api|apis\/[^/]+)\/v1(?:\/namespaces\/[^/]+)?\/[^/]+$/;

const decoded = (value = ''): string => Buffer.from(value, 'base64').toString();

/** Starts one with a certificate of the cluster's authority; it ends with the test. */
export async function startOpenApiServer(t: TestContext): Promise<OpenApiServer> {
  const kept = new Map<string, Kept>();
  const bearers = new Set<string>();
  const tokens = new Set<string>();
  const answer = (method: string, path: string, body: string): { code: number; body: object } => {
    if (method === 'PATCH') {
      const object = JSON.parse(body) as Kept;
      const metadata = { ...object.metadata, uid: path, resourceVersion: '1' };
      kept.set(path, { ...object, metadata });
      const { 'token-id': id, 'token-secret': secret } = object.data ?? {};
      if (id !== undefined) tokens.add(`${decoded(id)}.${decoded(secret)}`);
      return { code: 200, body: kept.get(path) ?? {} };
    }
    if (method === 'DELETE') return { code: 200, body: { removed: kept.delete(path) } };
    const found = kept.get(path);
    if (found !== undefined) return { code: 200, body: found };
    const below = [...kept].filter(([name]) => name.startsWith(`${path}/`)).map(([, object]) => object);
    return collection.test(path)
      ? { code: 200, body: { items: below } }
      : { code: 404, body: { message: 'not found' } };
  };
  const { apiServer } = await material();
  const server = createServer(apiServer, (request, response) => {
    const respond = async (): Promise<void> => {
      const body = await text(request);
      const { pathname } = new URL(request.url ?? '', 'https://api');
      const bearer = request.headers.authorization?.replace(/^Bearer /, '');
      if (bearer !== undefined) bearers.add(bearer);
      const said = answer(request.method ?? '', decodeURIComponent(pathname), body);
      response.writeHead(said.code, { 'content-type': 'application/json' }).end(JSON.stringify(said.body));
    };
    void respond();
  });
  const port = await open(server);
  t.after(() => close(server));
  return {
    url: `https://127.0.0.1:${port}`,
    bearers,
    tokens,
  };
}
