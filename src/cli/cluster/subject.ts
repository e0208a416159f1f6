import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import type { ClusterFacts } from '../../config/facts.ts';
import type { Identity } from '../../kubernetes/bindings.ts';
import { ownerOf } from '../../kubernetes/bootstrap-token.ts';
import { onlyNodeOf } from '../../kubernetes/wish.ts';
import { arcMachine } from '../../node/auth/arc-machine.ts';
import type { Arc } from '../../node/auth/arc-mode.ts';
import type { ServicePrincipal } from '../../node/auth/service-principal.ts';
import type { NodeSpec } from '../../node/index.ts';
import type { OperatorSource } from '../azure-operator.ts';
import type { Texts } from '../open-config.ts';

/** What is known of a config when the cluster is prepared for it. */
export interface Prepared {
  readonly spec: NodeSpec;
  readonly facts: ClusterFacts;
  readonly operator: OperatorSource;
  /** What the section `auth` names, or null where some of it is not here. */
  readonly secrets: () => Promise<Texts | null>;
}

/** What marks the bindings of a machine of Azure Arc, whose identity is another one each time it is registered. */
function bindingOwner({ spec, facts }: Pick<Prepared, 'spec' | 'facts'>): string | null {
  if (spec.auth.mode !== 'arc') return null;
  const machine = arcMachine(spec.auth, spec, facts);
  if (!machine.ok || machine.value.name === null) return null;
  const { subscriptionId, resourceGroup, name } = machine.value;
  return ownerOf(`${subscriptionId}/${resourceGroup}/${name}`.toLowerCase());
}

/** What is known of whose an identity's bindings are, whoever it is to the cluster. */
export const bindingMarks = (of: Pick<Prepared, 'spec' | 'facts'>): Omit<Identity, 'objectId'> => ({
  owner: bindingOwner(of),
  nodeName: onlyNodeOf(of.spec),
});

async function machineIdentity(
  auth: Arc,
  { spec, facts, operator }: Prepared,
): Promise<Result<string | null>> {
  const machine = arcMachine(auth, spec, facts);
  if (!machine.ok) return machine;
  const { name, subscriptionId, resourceGroup } = machine.value;
  const signedIn = name === null ? ok(null) : await operator();
  if (!signedIn.ok) return signedIn;
  if (name === null || signedIn.value === null) return ok(null);
  const { readMachine } = await import('../../azure/index.ts');
  const found = await readMachine(signedIn.value, { subscriptionId, resourceGroup, name });
  return found.ok ? ok(found.value?.principalId ?? null) : found;
}

/** A service principal says itself who it is, where it can sign in from here. */
async function principalIdentity(
  auth: ServicePrincipal,
  { operator, secrets }: Prepared,
): Promise<Result<string | null>> {
  const texts = await secrets();
  if (texts === null) return ok(null);
  const { proveServicePrincipal } = await import('../identity/principal-proof.ts');
  const proven = await proveServicePrincipal(auth, { texts, operator });
  return proven.ok ? ok(proven.value?.objectId ?? null) : proven;
}

async function askFor(auth: NodeSpec['auth'], prepared: Prepared): Promise<Result<string | null>> {
  switch (auth.mode) {
    case 'arc':
      return await machineIdentity(auth, prepared);
    case 'service-principal':
      return await principalIdentity(auth, prepared);
    case 'managed-identity':
    case 'bootstrap-token':
      return ok(null);
  }
}

/** Who the nodes of a config are to the cluster; Entra and Azure are asked where the config does not say it. */
export async function subjectOf(prepared: Prepared): Promise<Result<Identity>> {
  const { auth } = prepared.spec;
  const marks = bindingMarks(prepared);
  const written = 'objectId' in auth ? auth.objectId : null;
  if (written !== null) return ok({ objectId: written, ...marks });
  const found = await askFor(auth, prepared);
  return found.ok ? ok({ objectId: found.value, ...marks }) : found;
}
