import { setTimeout } from 'node:timers/promises';
import type { IncomingMessage, RequestListener, Server as HttpServer, ServerResponse } from 'node:http';
import type { RecordedRequest } from './azure.ts';

export interface Answer {
  readonly status: number;
  /** Sent as JSON; null = no body. */
  readonly body: object | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** The connection ends before anything is sent. */
  readonly cut?: true;
}

/** A request whose body has been read. */
export interface ReadRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case; of a repeated header, the first. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

export interface Log {
  record(request: RecordedRequest): void;
  violate(words: string): void;
  /** How long each answer takes, in milliseconds. */
  latency?(): number;
}

/** Serves JSON and records every request. */
export function listen(
  { record, violate, latency = () => 0 }: Log,
  answer: (request: ReadRequest) => Answer,
): RequestListener {
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts = await read(request);
    if (latency() > 0) await setTimeout(latency());
    const { status, body, headers, cut } = answer(parts);
    const { method, path, query } = parts;
    record({ method, path, apiVersion: query.get('api-version'), status });
    if (cut === true) {
      response.destroy();
      return;
    }
    const type = body === null ? {} : { 'content-type': 'application/json; charset=utf-8' };
    response.writeHead(status, { ...type, ...headers });
    response.end(body === null ? '' : JSON.stringify(body));
  };
  return (request, response) => {
    respond(request, response).catch((error: unknown) => {
      // A client that has gone away is its own business; anything else is a defect of the stand-in.
      if (!request.destroyed || request.complete) violate(`the stand-in failed: ${String(error)}`);
      response.destroy();
    });
  };
}

/**
 * Starts a server on a port of its own on 127.0.0.1 and returns the port. A server that nobody stops, as after a test whose
 * end failed, does not keep the tests' process.
 */
export async function open(server: HttpServer): Promise<number> {
  server.unref();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

export function close(server: HttpServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function read(request: IncomingMessage): Promise<ReadRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const url = new URL(request.url ?? '/', 'https://127.0.0.1');
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
    name,
    Array.isArray(value) ? (value[0] ?? '') : (value ?? ''),
  ]);
  return {
    method: request.method ?? '',
    // As it stands: URL would have resolved `..`, and a client should not have sent one.
    path: (request.url ?? '/').split('?')[0] ?? '/',
    query: url.searchParams,
    headers: new Map(headers),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
