import { createServer } from 'node:https';
import type { TestContext } from 'node:test';
import { text } from 'node:stream/consumers';
import { close, open } from '../azure/server/http.ts';
import { material } from '../azure/server/material.ts';

/** An object, as much of it as matters. */
export interface Kept {
  readonly metadata?: object;
  readonly [field: string]: unknown;
  readonly data?: Readonly<Record<string, string>>;
}

/** A cluster's API server that keeps whatever it is given, whoever gives it. */
export interface OpenApiServer {
  readonly url: string;
  /** The bootstrap tokens that were made, ID.SECRET, those that were removed since among them. */
  readonly tokens: ReadonlySet<string>;
  /** What says who asks, of every request: bearer tokens. */
  readonly bearers: ReadonlySet<string>;
  /** There is this object at a path, as if somebody had made it, or what it is each time that it is asked for; null: none. */
  put(path: string, object: Kept | (() => Kept | null) | null): void;
}

/** The path of all objects of a kind, in a namespace or in all; that of one has its name behind it. */
const collection = /^(?<api>\/(?:api|apis\/[^/]+)\/v1)(?<space>\/namespaces\/[^/]+)?\/(?<kind>[^/]+)$/;

/** The paths of a collection's objects. */
const inCollection = ({ groups: { api, space, kind } = {} }: RegExpExecArray): RegExp =>
  new RegExp(`^${api}${space ?? '(?:/namespaces/[^/]+)?'}/${kind}/[^/]+$`);

const decoded = (value = ''): string => Buffer.from(value, 'base64').toString();

/** Starts one with a certificate of the cluster's authority; it ends with the test. */
export async function startOpenApiServer(t: TestContext): Promise<OpenApiServer> {
  const objects = new Map<string, () => Kept | null>();
  const found = (path: string): Kept | null => objects.get(path)?.() ?? null;
  const bearers = new Set<string>();
  const tokens = new Set<string>();
  const answer = (method: string, path: string, body: string): { code: number; body: object } => {
    if (method === 'PATCH') {
      const object = JSON.parse(body) as Kept;
      const before = found(path);
      const metadata = { ...before?.metadata, ...object.metadata, uid: path, resourceVersion: '1' };
      objects.set(path, () => ({ ...before, ...object, metadata }));
      const { 'token-id': id, 'token-secret': secret } = object.data ?? {};
      if (id !== undefined) tokens.add(`${decoded(id)}.${decoded(secret)}`);
      return { code: 200, body: found(path) ?? {} };
    }
    // Whoever asks may do it, and every pod may be evicted.
    if (method === 'POST') {
      objects.delete(path.replace(/\/eviction$/, ''));
      return { code: 201, body: { status: { allowed: true } } };
    }
    if (method === 'DELETE') return { code: 200, body: { removed: objects.delete(path) } };
    const one = found(path);
    if (one !== null) return { code: 200, body: one };
    const list = collection.exec(path);
    if (list === null) return { code: 404, body: { message: 'not found' } };
    const below = [...objects.keys()].filter((name) => inCollection(list).test(name)).map(found);
    return { code: 200, body: { items: below.filter((object) => object !== null) } };
  };
  const { apiServer } = await material();
  const server = createServer(apiServer, (request, response) => {
    const respond = async (): Promise<void> => {
      const body = await text(request);
      const { pathname } = new URL(request.url ?? '', 'https://api');
      const bearer = request.headers.authorization?.replace(/^Bearer /, '');
      if (bearer !== undefined) bearers.add(bearer);
      // Who says nothing of who it is, is known by its certificate, or asks whether anybody is there.
      const said =
        pathname === '/version' && bearer === undefined
          ? { code: 401, body: { message: 'Unauthorized' } }
          : answer(request.method ?? '', decodeURIComponent(pathname), body);
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
    put: (path, object) =>
      void (object === null
        ? objects.delete(path)
        : objects.set(path, typeof object === 'function' ? object : () => object)),
  };
}
