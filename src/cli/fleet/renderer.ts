import { indexOf } from '../../config/fleet/node.ts';
import type { Row } from '../../config/fleet/row.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok, refused } from '../../diagnostics/diagnostic.ts';
import { sha256 as digestOf } from '../../node/image.ts';
import { envelopes } from '../../render/cloud-init/envelopes/index.ts';
import type { Texts } from '../open-config.ts';
import { userDataOf } from '../payload.ts';
import type { ImageOption, OutputOptions } from '../payload.ts';
import type { PlannedConfig } from '../plan-config.ts';
import { manifestName } from './manifest.ts';
import type { ManifestEntry } from './manifest.ts';

/** A node and its place in the fleet, from 0. */
export type Placed = readonly [place: number, row: Row];

export interface RenderedNode {
  readonly entry: ManifestEntry;
  readonly content: Uint8Array;
}

export interface RenderChoice {
  readonly image: ImageOption;
  readonly output: OutputOptions;
}

const failed = (message: string, hint: string) => refused({ code: 'fleet/file', message, hint });

/** One node's payload, with these texts in place of what was to be made. */
export function renderNode(
  planned: PlannedConfig,
  made: Texts,
  [place, row]: Placed,
  { image, output }: RenderChoice,
): Result<RenderedNode> {
  const plan = made.size === 0 ? ok(planned.plan) : planned.planWith(made);
  if (!plan.ok) return plan;
  const userData = userDataOf(planned, plan.value, image, output);
  if (!userData.ok) return userData;
  const { encoded: content, envelope, hosted } = userData.value;
  if (hosted !== null)
    return failed('`include` is for one payload at one URL', 'render a fleet in another envelope');
  const name = planned.spec.node.name ?? '';
  const file = `${name}${envelopes[envelope].extension}`;
  if (file === manifestName(null))
    return failed(`the payload of ${name} would have the manifest’s name`, 'call the node something else');
  const sha256 = digestOf(content);
  const entry = { name, index: indexOf(row, place), file, envelope, bytes: content.length, sha256 };
  return ok({ entry, content });
}
