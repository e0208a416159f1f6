import type { NodePlan } from '../../node/plan.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { cloudConfig, plainUserData } from './cloud-config.ts';
import type { Packing } from './cloud-config.ts';
import { mergeUserData } from './merge.ts';
import { packings } from './packings.ts';
import { tooBig } from './too-big.ts';

/** The least that any provider takes: AWS, before base64. */
export const leastLimit = 16_384;

export interface UserDataParts {
  readonly plan: NodePlan;
  /** What the payload says at its top that it is for. */
  readonly title: string;
  readonly authorizedKeys: readonly string[];
  /** The user's own user-data, and what messages call that file. */
  readonly merge: { readonly text: string; readonly file: string } | null;
}

/** Where a reviewer finds what is not written in plain. */
function note({ packed, archived }: Packing): string[] {
  if (packed.size === 0) return [];
  const how = archived.size === 0 ? 'gunzip' : 'tar xzvO';
  return [
    `packed to fit into ${leastLimit.toLocaleString('en-US')} bytes; to read it: \`base64 -d | ${how}\`, templates/node of flexgen’s sources, or the node`,
  ];
}

/**
 * User-data as text that a reviewer can read. Where it would be more than the least limit, the files that every node
 * has are packed until it fits. Fails where the user's part can't be merged, or where it does not fit.
 */
export function renderUserData({ plan, title, authorizedKeys, merge }: UserDataParts): Result<string> {
  let last: Diagnostic | undefined;
  for (const packing of packings(plan)) {
    const ours = cloudConfig(plan, authorizedKeys, packing);
    const merged = merge === null ? ok(ours) : mergeUserData(ours, merge.text, merge.file);
    if (!merged.ok) return merged;
    const text = plainUserData(merged.value, [title, ...note(packing)]);
    const bytes = Buffer.byteLength(text);
    if (bytes <= leastLimit) return ok(text);
    last = tooBig(merged.value, bytes, leastLimit);
  }
  return { ok: false, errors: last === undefined ? [] : [last] };
}
