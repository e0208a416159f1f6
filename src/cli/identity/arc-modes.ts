import type { Arc } from '../../node/auth/arc-mode.ts';
import { arcMachine } from '../../node/auth/arc-machine.ts';
import type { ArcMachine } from '../../node/auth/arc-machine.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { textOf } from '../open-config.ts';
import { inspectPreregistered } from './arc.ts';
import { inspectSelfRegistering } from './arc-self.ts';
import { keyStore } from './key-store.ts';
import type { IdentityContext, Inspection } from './mode.ts';
import { nothingToDo } from './mode.ts';
import { clusterRole } from './role.ts';
import { provePrincipalOf } from './service-principal.ts';

/** Where the machine's resource is; its name is known wherever it is looked for from here. */
const idOf = ({ subscriptionId, resourceGroup, name }: ArcMachine) =>
  name === null ? null : { subscriptionId, resourceGroup, name };

/** A machine of Azure Arc, in each way in which it can be registered. */
export async function inspectArc(auth: Arc, context: IdentityContext): Promise<Result<Inspection>> {
  const { spec, facts, clusterId, texts, state, replace } = context;
  const machine = arcMachine(auth, spec, facts);
  if (!machine.ok) return machine;
  const operator = await context.operator();
  if (!operator.ok) return operator;
  const wanted = machine.value;
  const id = idOf(wanted);
  // Machines of one payload have a name each, which only they know.
  if (id === null) return ok(nothingToDo(auth.objectId));
  const role =
    clusterId === null ? null : clusterRole(operator.value, clusterId, facts, `machine ${id.name}`);
  const { onboarding } = auth;
  switch (onboarding.kind) {
    case 'preregistered': {
      const store = keyStore(state, id);
      return inspectPreregistered({ operator: operator.value, wanted, id, store, role, replace });
    }
    case 'access-token':
      return inspectSelfRegistering({
        operator: operator.value,
        id,
        role,
        token: async () => {
          const token = await operator.value.token();
          return token.ok ? ok(new Map([['auth.token', token.value.token]])) : token;
        },
      });
    case 'service-principal': {
      const { clientId, secret, tenantId } = onboarding;
      const proof = { kind: 'secret', secret: textOf(texts)(secret) } as const;
      const { access } = operator.value;
      const principal = { clientId, tenantId: tenantId ?? wanted.tenantId, proof };
      return inspectSelfRegistering({
        operator: operator.value,
        id,
        role,
        token: async () => {
          const proven = await provePrincipalOf(access, principal, access.scope);
          return proven.ok ? ok(new Map()) : proven;
        },
      });
    }
  }
}
