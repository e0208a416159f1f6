import type { Arc } from '../../node/auth/arc-mode.ts';
import { arcMachine } from '../../node/auth/arc-machine.ts';
import type { ArcMachine } from '../../node/auth/arc-machine.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { machineIdOf } from '../../azure/machine-id.ts';
import type { MachineId } from '../../azure/machine-id.ts';
import { textOf } from '../open-config.ts';
import { inspectPreregistered } from './arc.ts';
import { inspectSelfRegistering } from './arc-self.ts';
import { keyStore } from './key-store.ts';
import type { IdentityContext, Inspection } from './mode.ts';
import { nothingToDo } from './mode.ts';
import { clusterRole } from './role.ts';
import { provePrincipalOf } from './principal-proof.ts';

/** Where the machine's resource is; its name is known wherever it is looked for from here. */
const idOf = ({ subscriptionId, resourceGroup, name }: ArcMachine) =>
  name === null ? null : { subscriptionId, resourceGroup, name };

const nameless: Diagnostic = {
  severity: 'warning',
  code: 'identity/nameless',
  path: 'auth',
  message:
    'the machines of this payload have names that only they know, so nothing can be granted to them from here',
  hint: 'once one has registered itself: `flexgen identity apply` and `flexgen cluster apply` with a config whose `node.name` is its name',
};

/** Azure gives each machine an object id of its own, and anew each time it is made. */
function contradiction(
  { objectId, onboarding }: Arc,
  name: string,
  { objectId: real }: Inspection,
): Diagnostic | undefined {
  const problem = { severity: 'error', code: 'identity/object-id', path: 'auth.objectId' } as const;
  if (objectId === null || objectId === real) return undefined;
  if (real !== null) {
    const message = `machine ${name} has the object id ${real}, not ${objectId}`;
    return { ...problem, message, hint: 'correct it or leave it out: flexgen asks Azure' };
  }
  if (onboarding.kind !== 'preregistered') return undefined;
  const message = `machine ${name} is yet to be made, and Azure gives it an object id of its own`;
  return { ...problem, message, hint: 'leave it out: flexgen asks Azure' };
}

/** A machine of Azure Arc, in each way in which it can be registered. */
export async function inspectArc(auth: Arc, context: IdentityContext): Promise<Result<Inspection>> {
  const { spec, facts, removes } = context;
  const machine = arcMachine(auth, spec, facts);
  if (!machine.ok) return machine;
  const id = idOf(machine.value);
  if (id === null) return ok(nothingToDo(auth.objectId), removes ? [] : [nameless]);
  const found = await inspectMachine(auth, { wanted: machine.value, id }, context);
  const problem = found.ok && !removes ? contradiction(auth, id.name, found.value) : undefined;
  return problem === undefined ? found : { ok: false, errors: [problem] };
}

async function inspectMachine(
  { onboarding }: Arc,
  { wanted, id }: { readonly wanted: ArcMachine; readonly id: MachineId },
  context: IdentityContext,
): Promise<Result<Inspection>> {
  const { facts, clusterId, texts, state, replace, removes } = context;
  const signedIn = await context.operator();
  if (!signedIn.ok) return signedIn;
  const operator = signedIn.value;
  const holder = { name: `machine ${id.name}`, age: 'new', machineId: machineIdOf(id) } as const;
  const role = clusterId === null ? null : clusterRole(operator, clusterId, facts, holder);
  switch (onboarding.kind) {
    case 'preregistered': {
      const store = keyStore(state, id);
      return inspectPreregistered({ operator, wanted, id, store, role, replace, removes });
    }
    case 'access-token': {
      const token = async () => {
        const own = await operator.token();
        return own.ok ? ok(new Map([['auth.token', own.value.token]])) : own;
      };
      return inspectSelfRegistering({ operator, id, role, token, removes });
    }
    case 'service-principal': {
      const { clientId, secret, tenantId } = onboarding;
      const proof = { kind: 'secret', secret: textOf(texts)(secret) } as const;
      const principal = { clientId, tenantId: tenantId ?? wanted.tenantId, proof };
      const { access } = operator;
      const at = { scope: access.scope, path: 'auth.servicePrincipal' };
      const token = async () => {
        const proven = await provePrincipalOf(access, principal, at);
        return proven.ok ? ok(new Map()) : proven;
      };
      return inspectSelfRegistering({ operator, id, role, token, removes });
    }
  }
}
