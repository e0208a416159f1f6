import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import type { ConnectOptions } from '../cluster/connect.ts';
import type { FactsOptions } from '../cluster-facts.ts';
import { canDeliverPayload, deliverPayload } from '../deliver-payload.ts';
import type { DeliverOptions } from '../deliver-payload.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { keptTexts, needsSetup } from '../identity/needs.ts';
import type { Texts } from '../open-config.ts';
import { draftPayload, outputOf, userDataOf } from '../payload.ts';
import type { ImageOption, OutputOptions } from '../payload.ts';
import type { PlannedConfig } from '../plan-config.ts';
import { printDiagnostics, printed } from '../report.ts';
import type { World } from '../world.ts';

export interface CloudInitOptions extends FactsOptions, ConnectOptions, OutputOptions, DeliverOptions {
  readonly config: string;
  readonly image: ImageOption;
  readonly dryRun?: boolean;
  readonly replace?: boolean;
  /** False with `--no-setup`. */
  readonly setup?: boolean;
}

/** What was minted for a payload, made now or kept from before; or how the command ends without it. */
async function minted(
  planned: PlannedConfig,
  options: CloudInitOptions,
  world: World,
): Promise<Result<Texts> | ExitCode> {
  if (options.offline === true || options.setup === false) return await keptTexts(planned, options, world);
  if (!needsSetup(planned)) return ok(new Map());
  const { setUpFor } = await import('../identity/command.ts');
  return await setUpFor(planned, options, world);
}

/**
 * `flexgen cloud-init`: the payload on standard output, or in a file of mode 0600, or no byte of it at all. What it depends
 * on is made once it is known that it can be rendered and written.
 */
export async function cloudInit(options: CloudInitOptions, world: World): Promise<ExitCode> {
  const draft = await printed(await draftPayload(options.config, options, world), world);
  if (typeof draft === 'number') return draft;
  const { planned, userData: drafted } = draft.value;
  const writable = await canDeliverPayload(drafted, options, world);
  if (writable !== exitCodes.ok) return writable;
  const made = await minted(planned, options, world);
  if (typeof made === 'number') return made;
  await printDiagnostics((made.ok ? made.warnings : made.errors).map(planned.located), world);
  if (!made.ok) return exitCodeOf(made.errors);
  if (made.value.size === 0) return await deliverPayload(drafted, options, world);
  const plan = planned.planWith(made.value);
  const userData = plan.ok ? userDataOf(planned, plan.value, options.image, outputOf(options)) : plan;
  if (userData.ok) return await deliverPayload(userData.value, options, world);
  await printDiagnostics(userData.errors, world);
  return exitCodeOf(userData.errors);
}
