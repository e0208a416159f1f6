import type { Result } from '../diagnostics/diagnostic.ts';
import { ok } from '../diagnostics/diagnostic.ts';
import { cloudConfig, plainUserData } from '../render/cloud-init/cloud-config.ts';
import { mergeUserData } from '../render/cloud-init/merge.ts';
import type { FactsOptions } from './cluster-facts.ts';
import { planConfig } from './plan-config.ts';
import type { World } from './world.ts';

/** From a config file to user-data. Nothing is written and nothing is created. */
export async function buildPayload(
  file: string,
  options: FactsOptions,
  world: World,
): Promise<Result<string>> {
  const planned = await planConfig(file, options, world);
  if (!planned.ok) return planned;
  const { spec, facts, plan, located } = planned.value;
  const ours = cloudConfig(plan, spec.ssh.authorizedKeys);
  const { merge } = spec.userData;
  const merged = merge === null ? ok(ours) : mergeUserData(ours, planned.value.file(merge), merge.file);
  if (!merged.ok) return { ok: false, errors: [...planned.warnings, ...merged.errors.map(located)] };
  const title = `flexgen: ${spec.node.name ?? 'this machine'} becomes a node of ${facts.name}; on it, see \`flexgen-node status\``;
  return ok(plainUserData(merged.value, title), planned.warnings);
}
