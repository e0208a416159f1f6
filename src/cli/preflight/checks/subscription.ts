import type { AzureSituation } from '../azure-situation.ts';
import { failures, fine, inEachSubscription } from '../check.ts';
import type { Check, Outcome } from '../check.ts';

/** In all others something may still be changed. */
const closed: ReadonlySet<string> = new Set(['Disabled', 'Deleted', 'Expired']);

async function look({ operator }: AzureSituation, subscriptionId: string): Promise<readonly Outcome[]> {
  const who = await operator(subscriptionId);
  if (!who.ok) return failures(who.errors);
  const { readSubscription } = await import('../../../azure/index.ts');
  const found = await readSubscription(who.value);
  if (!found.ok) return failures(found.errors);
  const { name, id, state } = found.value;
  const detail = `${name} (${id}) is ${state.toLowerCase()}`;
  if (!closed.has(state)) return fine(detail);
  const remedy = 'who owns it can enable it again: https://portal.azure.com, Subscriptions';
  return [{ state: 'failed', detail, remedy }];
}

/** Who is signed in sees the subscription, and it is not closed. */
export const subscription: Check = {
  why: 'the cluster and the machines of Azure Arc are in one',
  online: true,
  after: () => ['sign-in'],
  applies: ({ azure }) => azure !== null,
  run: inEachSubscription(look),
};
