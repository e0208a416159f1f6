import { failures, fine } from '../check.ts';
import type { Check, Outcome } from '../check.ts';
import type { AzureSituation } from '../azure-situation.ts';
import { callerOf } from '../../caller.ts';

async function look({ operator }: AzureSituation, subscriptionId: string): Promise<readonly Outcome[]> {
  const found = await operator(subscriptionId);
  if (!found.ok) return failures(found.errors);
  const token = await found.value.token();
  if (!token.ok) return failures(token.errors);
  const { name, objectId, tenantId } = callerOf(token.value.token);
  return fine(
    [name, objectId && `object id ${objectId}`, tenantId && `tenant ${tenantId}`]
      .filter((part) => part !== null)
      .join(', '),
  );
}

/** Somebody is signed in to Azure. */
export const signIn: Check = {
  why: 'flexgen reads the cluster, and makes identities and roles, as who is signed in',
  online: true,
  after: () => [],
  applies: ({ azure }) => azure !== null,
  async run({ azure }) {
    // One by one: `az` may have to renew what it keeps, and two of it would get into each other's way.
    const all: Outcome[] = [];
    for (const id of azure?.subscriptionIds ?? []) if (azure !== null) all.push(...(await look(azure, id)));
    return all.filter(({ detail }, index) => all.findIndex((one) => one.detail === detail) === index);
  },
};
