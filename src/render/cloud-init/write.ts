import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { cloudConfig, plainUserData } from './cloud-config.ts';
import type { CloudConfig, Packing, Payload } from './cloud-config.ts';
import { mergeUserData } from './merge.ts';
import { mimeMessage } from './mime.ts';
import { ownPart } from './own-part.ts';

export interface WriteParts extends Payload {
  /** What the payload says at its top that it is for. */
  readonly title: string;
  /** The user's own user-data, and what messages call that file. */
  readonly merge: { readonly text: string; readonly file: string } | null;
}

/** User-data as cloud-init reads it, before any envelope. */
export interface Written {
  readonly text: string;
  /** What of it is a cloud-config that flexgen has made, and what stands beside that as it is. */
  readonly config: CloudConfig;
  readonly beside: { readonly name: string; readonly bytes: number } | null;
}

/** Where a reviewer finds what is not written in plain. */
const note = ({ archived, dense }: Packing): readonly string[] =>
  archived.size === 0
    ? []
    : [`packed; to read it: \`${dense === undefined ? 'base64 -d | tar xzvO' : 'flexgen inspect'}\``];

/** Of both parts' lists nothing is lost, and what the user's parts say stays: by default the last part's list stands alone. */
const mergeType = { 'Merge-Type': 'list(append)+dict(no_replace,recurse_list)+str()' };

/** The text of this payload in this packing. Fails where the user's own part can't be merged. */
export function write(packing: Packing, parts: WriteParts): Result<Written> {
  const { title, merge, ...payload } = parts;
  const ours = cloudConfig(payload, packing);
  const comments = [title, ...note(packing)];
  const theirs = merge === null ? null : ownPart(merge.text);
  if (merge === null || theirs === null) {
    const merged = merge === null ? ok(ours) : mergeUserData(ours, merge.text, merge.file);
    if (!merged.ok) return merged;
    return ok({ text: plainUserData(merged.value, comments), config: merged.value, beside: null });
  }
  const own = { type: 'text/cloud-config', headers: mergeType, text: plainUserData(ours, comments) };
  return ok({
    text: mimeMessage([theirs, own]),
    config: ours,
    beside: { name: merge.file, bytes: Buffer.byteLength(merge.text) },
  });
}
