import { assignCommand } from '../../../azure/least-roles.ts';
import type { AzureSituation } from '../azure-situation.ts';
import { callerOf } from '../../caller.ts';
import { failures, fine } from '../check.ts';
import type { Check, Outcome } from '../check.ts';
import { needsOf, readingNeed } from '../needs.ts';
import type { Need } from '../needs.ts';

/** An action without its provider. */
const short = (action: string): string => action.replace(/^[^/]*\//, '');

async function look(azure: AzureSituation, need: Need): Promise<readonly Outcome[]> {
  const { scope, subscriptionId, thing, role, actions } = need;
  const operator = await azure.operator(subscriptionId);
  if (!operator.ok) return failures(operator.errors);
  const { permitted } = await import('../../../azure/index.ts');
  const [allowed, token] = await Promise.all([
    permitted(operator.value, scope, actions),
    operator.value.token(),
  ]);
  if (!allowed.ok) return failures(allowed.errors);
  const missing = actions.filter((action) => allowed.value.get(action) !== true);
  if (missing.length === 0) return fine(`${actions.map(short).join(', ')} on ${thing}`);
  const who = token.ok ? callerOf(token.value.token).objectId : null;
  return [
    {
      state: 'failed',
      detail: `may not do ${missing.join(', ')} on ${thing}; the role ${role} allows it`,
      remedy: assignCommand(who, role, scope),
    },
  ];
}

/** Whether the permissions API says that the cluster may be read. */
export async function mayRead(azure: AzureSituation): Promise<boolean> {
  const { clusterId } = azure;
  if (clusterId === null) return true;
  return (await look(azure, readingNeed(clusterId))).every(({ state }) => state === 'ok');
}

/** Who is signed in may do what flexgen does in Azure for this config, and nothing else is asked. */
export const permissions: Check = {
  why: 'who is signed in must be allowed it, or Azure refuses, perhaps with an identity half made',
  online: true,
  after: () => ['sign-in', 'subscription'],
  applies: ({ azure }) => azure !== null,
  async run({ azure }) {
    if (azure === null) return [];
    return (await Promise.all(needsOf(azure).map((need) => look(azure, need)))).flat();
  },
};
