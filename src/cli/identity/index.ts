import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import type { Auth } from '../../node/auth/index.ts';
import type { World } from '../world.ts';
import { inspectArc } from './arc-modes.ts';
import type { IdentityContext, Inspection } from './mode.ts';
import { nothingToDo } from './mode.ts';
import { stateOf } from './needs.ts';
import type { IdentityConfig } from './removal.ts';
import { inspectServicePrincipal } from './service-principal.ts';

/** What is meant to be done with an identity, beside what `IdentityContext` says of it. */
interface IdentityWish extends Partial<Pick<IdentityContext, 'replace' | 'removes'>> {
  readonly config: string;
}

/** The identity of a config's node; `config` is the file, beside which the state folder is. */
export function identityContext(
  { spec, facts, clusterId, texts, operator }: IdentityConfig,
  { config, replace = false, removes = false }: IdentityWish,
  world: World,
): IdentityContext {
  return { spec, facts, clusterId, texts, state: stateOf(config, world), replace, removes, operator };
}

/** Looks at what there is of a node's identity in Azure and here. Changes nothing. */
export function inspect(context: IdentityContext): Promise<Result<Inspection>> {
  const auth: Auth = context.spec.auth;
  switch (auth.mode) {
    case 'arc':
      return inspectArc(auth, context);
    case 'service-principal':
      return inspectServicePrincipal(auth, context);
    case 'managed-identity':
      return Promise.resolve(ok(nothingToDo(auth.objectId)));
    case 'bootstrap-token':
      // Its token is the cluster's affair.
      return Promise.resolve(ok(nothingToDo(null)));
  }
}
