import { randomUUID } from 'node:crypto';
import type { Answer } from './http.ts';

/** An answer in ARM's error envelope. */
export function armError(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const ids = { 'x-ms-request-id': randomUUID(), 'x-ms-failure-cause': 'gateway' };
  return { status, body: { error: { code, message } }, headers: { ...ids, ...headers } };
}

/** What ARM says when a subscription has used up its tokens; null leaves the header out. */
export function throttled(subscriptionId: string, retryAfterSeconds: number | null): Answer {
  const headers: Record<string, string> =
    retryAfterSeconds === null ? {} : { 'retry-after': `${retryAfterSeconds}` };
  const message =
    `Number of 'read' requests for subscription '${subscriptionId}' exceeded. ` +
    `Please try again after '${retryAfterSeconds ?? 1}' seconds after additional tokens are available. ` +
    'Refer to https://aka.ms/arm-throttling for additional information.';
  return armError(429, 'SubscriptionRequestsThrottled', message, headers);
}
