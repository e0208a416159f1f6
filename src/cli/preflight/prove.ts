import type { Principal } from '../../azure/index.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import type { FileRef } from '../../config/spec.ts';
import { textOf } from '../open-config.ts';
import { azureOperator } from '../azure-operator.ts';
import type { Situation } from './situation.ts';

/** A service principal of the node, and where it signs in; null = where flexgen itself does. */
export interface NodePrincipal {
  readonly principal: Principal;
  readonly authority: string | null;
  readonly authorityCa: FileRef | null;
  /** Whose token it asks for; null = Resource Manager's. */
  readonly scope: string | null;
}

/** Signs in as the node will; returns the object id of its service principal. */
export async function prove(node: NodePrincipal, { config, world }: Situation): Promise<Result<string>> {
  const { azure } = config.loaded.spec;
  // Who asks for everything else has no part in it.
  const nobody = azureOperator('', { ...azure, signIn: { kind: 'cli' } }, config.texts, world);
  const operator = await nobody();
  if (!operator.ok) return operator;
  const { access } = operator.value;
  const { provePrincipal } = await import('../../azure/index.ts');
  const place =
    node.authority === null
      ? {}
      : {
          authority: node.authority,
          ca: node.authorityCa === null ? null : textOf(config.texts)(node.authorityCa),
        };
  const scope = node.scope ?? access.scope;
  const proven = await provePrincipal({ ...access, ...place }, node.principal, scope);
  return proven.ok ? ok(proven.value.objectId) : proven;
}
