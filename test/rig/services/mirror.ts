import { createReadStream, existsSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { startHttpsServer } from './https-server.ts';
import { byteRange, corruptAt, page } from './mirror-faults.ts';
import type { ByteRange, Fault } from './mirror-faults.ts';

export interface MirrorOptions {
  /** The folders to serve, laid out as upstream's URLs without their scheme; no two have the same file. */
  readonly roots: readonly string[];
  /** Takes the keys. */
  readonly dir: string;
}

export interface MirrorRequest {
  /** Below the mirror, without a leading slash. */
  readonly path: string;
  readonly range: string | null;
  readonly status: number;
  /** Body bytes that were handed to the connection so far. */
  bytes: number;
}

/** An artifact mirror over HTTPS whose files can be made to fail. A path is `HOST/PATH`; it must be there. */
export interface Mirror {
  readonly serverUrl: string;
  readonly localUrl: string;
  readonly caPem: string;
  readonly requests: readonly MirrorRequest[];
  corrupt(path: string): void;
  truncate(path: string): void;
  status(path: string, code: number, headers?: Readonly<Record<string, string>>): void;
  /** A web page with status 200. */
  page(path: string): void;
  /** Some bytes a second, from the middle on. */
  slow(path: string): void;
  /** Stalls in the middle of the file; resolves once a client got that far. */
  hold(path: string): Promise<void>;
  /** Makes one file, or all of them, good again, and lets go of who is held. */
  repair(path?: string): void;
  stop(): Promise<void>;
}

export async function startMirror({ roots, dir }: MirrorOptions): Promise<Mirror> {
  const faults = new Map<string, Fault>();
  const held = new Map<ServerResponse, string>();
  const requests: MirrorRequest[] = [];
  const server = await startHttpsServer(dir, 'mirror', (request, response) => {
    const path = pathOf(request);
    const fault = faults.get(path);
    serve({ roots, path, fault, request, response, requests }).catch(() => response.destroy());
  });
  const set = (path: string, fault: Fault): void => {
    if (!roots.some((root) => existsSync(join(root, path)))) throw new Error(`the mirror has no ${path}`);
    faults.set(path, fault);
  };
  return {
    serverUrl: server.url,
    localUrl: server.localUrl,
    caPem: server.caPem,
    requests,
    corrupt: (path) => set(path, { kind: 'corrupt' }),
    truncate: (path) => set(path, { kind: 'truncate' }),
    status: (path, code, headers = {}) => set(path, { kind: 'status', code, headers }),
    page: (path) => set(path, { kind: 'page' }),
    slow: (path) => set(path, { kind: 'slow' }),
    hold: (path) =>
      new Promise((resolve) => {
        const reached = (response: ServerResponse): void => {
          held.set(response, path);
          resolve();
        };
        set(path, { kind: 'hold', reached });
      }),
    repair: (path) => {
      if (path === undefined) faults.clear();
      else faults.delete(path);
      for (const [response, of] of held) {
        if (path !== undefined && path !== of) continue;
        response.destroy();
        held.delete(response);
      }
    },
    stop: () => server.stop(),
  };
}

/** The path that a request names, without its query; `..` cannot lead out of it. */
function pathOf(request: IncomingMessage): string {
  return new URL(request.url ?? '/', 'https://mirror').pathname.slice(1);
}

interface Exchange {
  readonly roots: readonly string[];
  readonly path: string;
  readonly fault: Fault | undefined;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requests: MirrorRequest[];
}

/** Answers one request. */
async function serve({ roots, path, fault, request, response, requests }: Exchange): Promise<void> {
  const range = request.headers.range ?? null;
  const refuse = (status: number, headers: Readonly<Record<string, string>> = {}): void => {
    requests.push({ path, range, status, bytes: 0 });
    response.writeHead(status, headers).end();
  };
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
  if (fault?.kind === 'status') return refuse(fault.code, fault.headers);
  if (fault?.kind === 'page') {
    requests.push({ path, range, status: 200, bytes: page.length });
    response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    return;
  }
  const file = roots.map((root) => join(root, path)).find((candidate) => existsSync(candidate)) ?? '';
  const info = await stat(file).catch(() => null);
  if (info === null || !info.isFile()) return refuse(404);
  const wanted = byteRange(request.headers.range, info.size);
  if (wanted === null) return refuse(416, { 'content-range': `bytes */${info.size}` });

  const { start, end } = wanted;
  const partial = start > 0 || end < info.size - 1;
  const record = { path, range, status: partial ? 206 : 200, bytes: 0 };
  requests.push(record);
  response.writeHead(record.status, {
    'content-length': end - start + 1,
    'accept-ranges': 'bytes',
    'content-type': 'application/octet-stream',
    ...(partial ? { 'content-range': `bytes ${start}-${end}/${info.size}` } : {}),
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const whole = fault === undefined || fault.kind === 'corrupt';
  const part = whole ? wanted : { start, end: start + Math.floor((end - start) / 2) };
  const target = fault?.kind === 'corrupt' ? Math.floor(info.size / 2) : -1;
  await send(file, part, target, response, record);
  if (whole) response.end();
  else if (fault.kind === 'hold') fault.reached(response);
  else if (fault.kind === 'slow') await drip(file, part.end + 1, response);
  else response.destroy();
}

/** Goes on with `file` at a hundred bytes a second, for as long as the client waits. */
async function drip(file: string, from: number, response: ServerResponse): Promise<void> {
  await using handle = await open(file);
  for (let at = from; !response.destroyed; at += 100) {
    const { buffer } = await handle.read(Buffer.alloc(100), 0, 100, at);
    response.write(buffer);
    await setTimeout(1000);
  }
}

/** Writes a part of `file`, the byte at `corruptByte` changed, no faster than the client takes it. */
async function send(
  file: string,
  { start, end }: ByteRange,
  corruptByte: number,
  response: ServerResponse,
  record: MirrorRequest,
): Promise<void> {
  const source = createReadStream(file, { start, end });
  const changed = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      yield corruptAt(chunk, start + record.bytes, corruptByte);
      record.bytes += chunk.length;
    }
  };
  await pipeline(source, changed, response, { end: false });
}
