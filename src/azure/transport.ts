import { setTimeout as delay } from 'node:timers/promises';
import type { AzureCliCredentialOptions } from '@azure/identity';
import { agentTrusting } from './trust.ts';

type Policies = NonNullable<AzureCliCredentialOptions['additionalPolicies']>;
type Policy = Policies[number]['policy'];
type Response = Awaited<ReturnType<Policy['sendRequest']>>;

/** Lets so many milliseconds pass. */
export type Wait = (milliseconds: number) => Promise<unknown>;

/** How the last request ended, if not well. */
export interface Failure {
  /** Host and port that was asked. */
  readonly host: string;
  /** The HTTP status, or undefined when no answer came. */
  readonly status?: number;
  readonly body?: string;
  /** Why no answer came: the system's code, e.g. `ECONNREFUSED`, or `TIMEOUT`. */
  readonly network?: string;
  /** How long Azure asks to wait, in seconds. */
  readonly retryAfter?: number;
}

/** What the SDK's clients get, and what was seen on the wire: their own errors hide most of it. */
export interface Transport {
  readonly options: {
    readonly retryOptions: { maxRetries: number; retryDelayInMs: number; maxRetryDelayInMs: number };
    readonly additionalPolicies: Policies;
  };
  /** How its last request ended; undefined = well. */
  readonly failure: () => Failure | undefined;
}

/** One request: Resource Manager answers in a second, throttled or not. */
const timeout = 30_000;

// Four attempts; where Azure names no delay, about 0.5 s, 1 s and 2 s between them.
const retryOptions = { maxRetries: 3, retryDelayInMs: 500, maxRetryDelayInMs: 8000 };

/** Resource Manager's throttling asks for less than a minute; who asks for more has no use for a waiting program. */
const longestWait = 60;

const delayHeaders = ['retry-after-ms', 'x-ms-retry-after-ms', 'retry-after'] as const;

function askedDelay(response: Response): number | undefined {
  for (const name of delayHeaders) {
    const text = response.headers.get(name) ?? '';
    const value = text === '' ? Number.NaN : Number(text);
    if (Number.isFinite(value)) return name === 'retry-after' ? value : value / 1000;
    const date = Date.parse(text);
    if (Number.isFinite(date)) return Math.max(0, Math.ceil((date - Date.now()) / 1000));
  }
  return undefined;
}

/**
 * The SDK honours Retry-After without a limit, and does not repeat a 429 that has none: both are made bounded. The wait is
 * here, so that the SDK has none of its own.
 */
async function bound(response: Response, attempt: number, wait: Wait): Promise<number | undefined> {
  if (response.status !== 429 && response.status !== 503) return undefined;
  const asked = askedDelay(response);
  const isTooLong = asked !== undefined && asked > longestWait;
  if (asked !== undefined) for (const name of delayHeaders) response.headers.delete(name);
  if (isTooLong || (asked === undefined && response.status === 503)) return asked;
  if (attempt < retryOptions.maxRetries)
    await wait(asked === undefined ? retryOptions.retryDelayInMs * 2 ** attempt : asked * 1000);
  response.headers.set('retry-after-ms', '0');
  return asked;
}

function networkCode(error: unknown): string {
  if (error instanceof Error && error.name === 'AbortError') return 'TIMEOUT';
  return error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
}

/** The settings of every request to Azure. One for each client: it remembers how that client's last request ended. */
export function createTransport(ca: string | null, wait: Wait = delay): Transport {
  const attempts = new Map<string, number>();
  let failure: Failure | undefined;
  const policy: Policy = {
    name: 'flexgenTransport',
    async sendRequest(request, next) {
      const { host, protocol } = new URL(request.url);
      // Not `request.timeout`: the SDK's timer goes on after an error, and the program with it.
      const { abortSignal } = request;
      const late = new AbortController();
      const timer = setTimeout(() => late.abort(), timeout);
      request.abortSignal = late.signal;
      try {
        // Where there is a proxy, its agent is set already.
        if (ca !== null && protocol === 'https:') request.agent ??= agentTrusting(ca);
        const response = await next(request);
        clearTimeout(timer);
        const attempt = attempts.get(request.requestId) ?? 0;
        attempts.set(request.requestId, attempt + 1);
        const retryAfter = await bound(response, attempt, wait);
        const { status, bodyAsText } = response;
        failure =
          status < 400
            ? undefined
            : {
                host,
                status,
                body: bodyAsText ?? '',
                ...(retryAfter === undefined ? {} : { retryAfter }),
              };
        return response;
      } catch (error) {
        failure = { host, network: networkCode(error) };
        throw error;
      } finally {
        clearTimeout(timer);
        if (abortSignal === undefined) delete request.abortSignal;
        else request.abortSignal = abortSignal;
      }
    },
  };
  return {
    options: {
      retryOptions,
      additionalPolicies: [{ policy, position: 'perRetry' }],
    },
    failure: () => failure,
  };
}
