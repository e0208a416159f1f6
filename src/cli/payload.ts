import type { Result } from '../diagnostics/diagnostic.ts';
import { ok } from '../diagnostics/diagnostic.ts';
import { payloadFiles } from '../node/image.ts';
import type { TargetImage } from '../node/image.ts';
import type { NodePlan } from '../node/plan.ts';
import { renderUserData } from '../render/cloud-init/user-data.ts';
import type { FactsOptions } from './cluster-facts.ts';
import { planConfig } from './plan-config.ts';
import type { PlannedConfig } from './plan-config.ts';
import type { World } from './world.ts';

/** What the payload's machine is made from, as the command line says it. */
export type ImageOption = Exclude<TargetImage, 'any'>;

/** The user-data of this plan, with what the config merges into it. */
export function userDataOf(
  { spec, facts, file, located }: PlannedConfig,
  plan: NodePlan,
  image: ImageOption,
): Result<string> {
  const { merge } = spec.userData;
  const target = image === 'golden' && spec.image.repair ? 'any' : image;
  const rendered = renderUserData({
    files: payloadFiles(plan, target),
    target,
    title: `flexgen: ${spec.node.name ?? 'this machine'} becomes a node of ${facts.name}; on it, see \`flexgen-node status\``,
    authorizedKeys: spec.ssh.authorizedKeys,
    merge: merge === null ? null : { text: file(merge), file: merge.file },
  });
  return rendered.ok ? rendered : { ok: false, errors: rendered.errors.map(located) };
}

/** A config that can be rendered: what is still to be made has a placeholder in the payload. */
export interface Drafted {
  readonly planned: PlannedConfig;
  readonly userData: string;
}

interface DraftOptions extends FactsOptions {
  /** Default: `stock`. */
  readonly image?: ImageOption;
}

/** From a config file to user-data. Nothing is written and nothing is created. */
export async function draftPayload(
  file: string,
  options: DraftOptions,
  world: World,
): Promise<Result<Drafted>> {
  const planned = await planConfig(file, options, world);
  if (!planned.ok) return planned;
  const userData = userDataOf(planned.value, planned.value.plan, options.image ?? 'stock');
  if (!userData.ok) return { ok: false, errors: [...planned.warnings, ...userData.errors] };
  return ok({ planned: planned.value, userData: userData.value }, planned.warnings);
}
