import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { hasMinted } from '../../io/inputs.ts';
import { lookAround } from '../identity/setup-look.ts';
import type { SetupOptions } from '../identity/setup-look.ts';
import { setUp } from '../identity/setup.ts';
import type { PlannedConfig } from '../plan-config.ts';
import type { World } from '../world.ts';
import type { Made, NodeSetup } from './node-setup.ts';
import { bootstrapSetup } from './setup-bootstrap.ts';

/**
 * An identity for each node, or one that several have in common: that is made once. Each is looked at before it is made, as
 * `cloud-init` does it.
 */
function identitySetup(options: SetupOptions, world: World): NodeSetup {
  const known = new Map<string, Promise<Result<Made>>>();
  const make = async (planned: PlannedConfig): Promise<Result<Made>> => {
    const looked = await lookAround(planned, options, world);
    if (!looked.ok) return looked;
    let changes = 0;
    const made = await setUp(looked.value, async () => void (changes += 1));
    return made.ok ? ok({ texts: made.value, changes }, [...looked.warnings, ...made.warnings]) : made;
  };
  return (planned) => {
    const { auth } = planned.spec;
    if (hasMinted(auth) || auth.mode === 'arc') return make(planned);
    const key = JSON.stringify(auth);
    const made = known.get(key) ?? make(planned);
    known.set(key, made);
    return made;
  };
}

/** How the nodes of a fleet get what they join with. Throws ClusterRefused. */
export async function fleetSetup(
  first: PlannedConfig,
  options: SetupOptions,
  world: World,
): Promise<Result<NodeSetup>> {
  return first.spec.auth.mode === 'bootstrap-token'
    ? await bootstrapSetup(first, options, world)
    : ok(identitySetup(options, world));
}
