import type { IncomingMessage } from 'node:http';
import { errorCode } from '../../diagnostics/error-code.ts';
import { networkCause } from '../../diagnostics/network-cause.ts';
import { ProxyRefused, send, unread } from '../preflight/probe.ts';
import { environmentProxies, proxyFor } from '../preflight/proxy.ts';
import { reasonOf } from '../preflight/reason.ts';
import type { World } from '../world.ts';

/** Why something can't be had, in words that begin with who was asked. */
export class Unavailable extends Error {
  readonly status: number | null;
  /** Whether it may be there a moment later. */
  readonly passes: boolean;
  constructor(message: string, status: number | null, passes: boolean) {
    super(message);
    this.status = status;
    this.passes = passes;
  }
}

/** Someone who gives less than a byte per millisecond for so long is given up. */
const silence = 30_000;

export interface Ways {
  readonly env: World['env'];
  /** Default: 30 s. */
  readonly silence?: number;
}

/** An answer with its body still to be read; `done` must be called when nobody reads it any more. */
export interface Opened {
  readonly url: URL;
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** Throws Unavailable where it ends early or is too slow. */
  readonly body: AsyncIterable<Buffer>;
  readonly done: () => void;
}

/** GitHub has one, dl.k8s.io one, registries one or two. */
const redirects = 5;

interface Watch {
  readonly signal: AbortSignal;
  readonly count: (bytes: number) => void;
  readonly isLate: () => boolean;
  readonly end: () => void;
}

/** Aborts when too little comes. */
function watch(milliseconds: number): Watch {
  const controller = new AbortController();
  let bytes = 0;
  let late = false;
  const timer = setInterval(() => {
    late = bytes < milliseconds;
    if (late) controller.abort();
    bytes = 0;
  }, milliseconds);
  return {
    signal: controller.signal,
    count: (more) => void (bytes += more),
    isLate: () => late,
    end: () => clearInterval(timer),
  };
}

function unavailable(error: unknown, { host }: URL, { isLate }: Watch, milliseconds: number): Unavailable {
  if (error instanceof Unavailable) return error;
  if (isLate())
    return new Unavailable(`${host} is too slow: less than 1 kB/s for ${milliseconds / 1000} s`, null, true);
  const cause = networkCause(errorCode(error) ?? '') ?? '';
  const passes = ['cut', 'silence', 'no look-up', 'refused'].includes(cause);
  const reason = reasonOf(error);
  return error instanceof ProxyRefused
    ? new Unavailable(reason, null, false)
    : new Unavailable(`${host}: ${reason}`, null, passes);
}

async function* bodyOf(
  response: IncomingMessage,
  url: URL,
  guard: Watch,
  milliseconds: number,
): AsyncGenerator<Buffer> {
  const expected = response.headers['content-length'];
  let received = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      guard.count(chunk.length);
      received += chunk.length;
      yield chunk;
    }
  } catch (error) {
    throw unavailable(error, url, guard, milliseconds);
  } finally {
    guard.end();
  }
  if (expected !== undefined && received < Number(expected)) {
    throw new Unavailable(`${url.host} sent ${received} of ${expected} bytes`, null, true);
  }
}

/** Where a redirect leads; what is asked for over TLS must come over TLS. */
function follow(location: string, from: URL): URL {
  if (!URL.canParse(location, from.href))
    throw new Unavailable(`${from.host} leads to something that is no URL`, null, false);
  const next = new URL(location, from);
  if (next.protocol === 'https:') return next;
  throw new Unavailable(
    `${from.host} leads to ${next.protocol}//${next.host}, which is not https`,
    null,
    false,
  );
}

/**
 * Asks for a URL and follows where it leads; any status that is no redirect is an answer. `Authorization` is for the first
 * host alone. Throws Unavailable.
 */
export async function openUrl(
  address: string,
  ways: Ways,
  headers: Readonly<Record<string, string>> = {},
): Promise<Opened> {
  const { env, silence: milliseconds = silence } = ways;
  const proxies = environmentProxies(env);
  const guard = watch(milliseconds);
  let url = new URL(address);
  const { host } = url;
  try {
    for (let hop = 0; hop <= redirects; hop += 1) {
      const { authorization, ...others } = headers;
      const own = url.host === host && authorization !== undefined ? { authorization } : {};
      const question = { method: 'GET', proxy: proxyFor(url, proxies) } as const;
      const response = await send(url, question, guard.signal, { ...others, ...own });
      const { statusCode: status = 0, headers: said } = response;
      if (status < 300 || status > 399 || said.location === undefined) {
        const done = (): void => {
          guard.end();
          response.destroy();
        };
        return { url, status, headers: said, body: bodyOf(response, url, guard, milliseconds), done };
      }
      unread(response).resume();
      url = follow(said.location, url);
    }
    throw new Unavailable(`${address} leads from one place to the next`, null, false);
  } catch (error) {
    guard.end();
    throw unavailable(error, url, guard, milliseconds);
  }
}

/** What a status says that is no success. */
export function refusedWith({ status, url, done }: Opened): Unavailable {
  done();
  return new Unavailable(`${url.href} answers ${status}`, status, status === 429 || status >= 500);
}

const pauses = [0, 1000, 3000];

/** Does it again, up to three times, where what hinders it may pass. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (const pause of pauses) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Unavailable) || !error.passes) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return await work();
}

/** All of a small answer. Throws Unavailable, also where it is longer than `limit`. */
export async function readUrl(
  address: string,
  limit: number,
  ways: Ways,
  headers: Readonly<Record<string, string>> = {},
): Promise<Opened & { readonly bytes: Buffer }> {
  return await patiently(async () => {
    const opened = await openUrl(address, ways, headers);
    if (opened.status === 429 || opened.status >= 500) throw refusedWith(opened);
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of opened.body) {
      size += chunk.length;
      if (size > limit) {
        opened.done();
        throw new Unavailable(`${opened.url.href} is longer than ${limit} bytes`, null, false);
      }
      chunks.push(chunk);
    }
    return { ...opened, bytes: Buffer.concat(chunks) };
  });
}
