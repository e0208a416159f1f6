import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import type { ServicePrincipal } from '../../node/auth/service-principal.ts';
import { clusterFacts } from '../cluster-facts.ts';
import type { FactsOptions } from '../cluster-facts.ts';
import { proveServicePrincipal } from '../identity/principal-proof.ts';
import type { OpenConfig } from '../open-config.ts';
import { planRead } from '../plan-config.ts';
import { readOpened } from '../read-config.ts';
import type { PlannedConfig } from '../plan-config.ts';
import { withProgress } from '../progress.ts';
import type { World } from '../world.ts';

const renew = (clientId: string): string =>
  `make a new one beside the old one, \`az ad app credential reset --id ${clientId} --append\`, and put it where the config says`;

/** What refuses the new one is mended by another new one. */
function withRenewal(error: Diagnostic, { clientId, proof }: ServicePrincipal): Diagnostic {
  const isRefused = error.code.startsWith('azure/') && proof.kind === 'secret';
  return isRefused && error.hint === undefined ? { ...error, hint: renew(clientId) } : error;
}

/** The plan of a node that signs in as this principal, which has proven just now that it can. Returns every problem at once. */
export async function provenPlan(
  config: OpenConfig,
  auth: ServicePrincipal,
  options: FactsOptions,
  world: World,
): Promise<Result<PlannedConfig>> {
  const read = await readOpened(config, { ...options, asks: true, found: [] }, world);
  if (!read.ok) return read;
  const { loaded, texts, reader } = read.value;
  const planned = planRead(read.value, await clusterFacts(loaded.spec, texts, reader, options, world), world);
  if (!planned.ok) return planned;
  const proven = await withProgress('asking Entra for a token', world, () =>
    proveServicePrincipal(auth, planned.value),
  );
  if (proven.ok) return ok(planned.value, [...planned.warnings, ...proven.warnings]);
  const errors = proven.errors.map((error) => planned.value.located(withRenewal(error, auth)));
  return { ok: false, errors: [...planned.warnings, ...errors] };
}
