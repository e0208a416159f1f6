import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import { ok } from '../diagnostics/diagnostic.ts';
import { payloadFiles } from '../node/image.ts';
import type { TargetImage } from '../node/image.ts';
import type { NodePlan } from '../node/plan.ts';
import { httpsUrl } from '../config/values/url.ts';
import type { Delivered, OutputChoice } from '../render/cloud-init/delivered.ts';
import { outputChoice } from '../render/cloud-init/output.ts';
import { targets } from '../render/cloud-init/targets/index.ts';
import { renderUserData } from '../render/cloud-init/user-data.ts';
import type { FactsOptions } from './cluster-facts.ts';
import { planConfig } from './plan-config.ts';
import type { PlannedConfig } from './plan-config.ts';
import type { World } from './world.ts';
import { number, percent } from '../diagnostics/number.ts';

/** What the payload's machine is made from, as the command line says it. */
export type ImageOption = Exclude<TargetImage, 'any'>;

/** What the command line may say in place of the config's `output`. */
export interface OutputOptions {
  readonly target?: OutputChoice['target'];
  readonly envelope?: OutputChoice['envelope'];
  readonly url?: string;
}

/** The user-data of this plan, with what the config merges into it, in its envelope. What `output` says wins over the config. */
export function userDataOf(
  { spec, facts, file, located }: PlannedConfig,
  plan: NodePlan,
  image: ImageOption,
  output: OutputOptions = {},
): Result<Delivered> {
  const badUrl = output.url === undefined ? undefined : httpsUrl(output.url);
  if (badUrl !== undefined)
    return { ok: false, errors: [{ severity: 'error', ...badUrl, message: `--url: ${badUrl.message}` }] };
  const { merge } = spec.userData;
  const target = image === 'golden' && spec.image.repair ? 'any' : image;
  const rendered = renderUserData({
    files: payloadFiles(plan, target),
    target,
    title: `flexgen: ${spec.node.name ?? 'this machine'} becomes a node of ${facts.name}; on it, see \`flexgen-node status\``,
    authorizedKeys: spec.ssh.authorizedKeys,
    name: spec.node.name ?? '',
    output: outputChoice({ ...spec.output, ...output }),
    merge: merge === null ? null : { text: file(merge), file: merge.file },
  });
  if (rendered.ok) return rendered;
  // What the command line says has no place in the config.
  const said = Object.keys(output).length > 0;
  const placed = (problem: Diagnostic): Diagnostic => {
    if (!said || problem.code !== 'render/envelope') return located(problem);
    const { path: _, ...rest } = problem;
    return rest;
  };
  return { ok: false, errors: rendered.errors.map(placed) };
}

/** The options that say what the payload looks like, where the command line has them. */
export const outputOf = ({ target, envelope, url }: OutputOptions): OutputOptions => ({
  ...(target === undefined ? {} : { target }),
  ...(envelope === undefined ? {} : { envelope }),
  ...(url === undefined ? {} : { url }),
});

/** A config that can be rendered: what is still to be made has a placeholder in the payload. */
export interface Drafted {
  readonly planned: PlannedConfig;
  readonly userData: Delivered;
}

interface DraftOptions extends FactsOptions, OutputOptions {
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
  const userData = userDataOf(planned.value, planned.value.plan, options.image ?? 'stock', outputOf(options));
  if (!userData.ok) return { ok: false, errors: [...planned.warnings, ...userData.errors] };
  return ok({ planned: planned.value, userData: userData.value }, planned.warnings);
}

/** How large a payload is, of what its target takes. */
export function sizeOf({ counted, limit, target, envelope }: Delivered): string {
  const form = envelope === 'plain' ? '' : ` (${envelope})`;
  const { title } = targets[target];
  if (limit === null) return `${number(counted)} bytes${form}; ${title} has no limit`;
  return `${number(counted)} bytes${form}, ${percent(counted, limit)} of the ${number(limit)} that ${title} takes`;
}
