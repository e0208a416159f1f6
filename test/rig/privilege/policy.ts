import { until } from '../services/processes.ts';
import type { Caller } from './caller.ts';
import { requestFor, requestObject, requestsPath } from './certificate.ts';

/** The API server takes a policy up a moment after it is made; from then on it holds. */
export async function policyHolds(caller: Caller): Promise<void> {
  const body = requestObject('nobody', await requestFor('nobody'));
  const refused = async (): Promise<boolean> =>
    (await caller.ask('POST', `${requestsPath}?dryRun=All`, { body })).status === 403;
  await until('the policy', refused, { seconds: 60 });
}
