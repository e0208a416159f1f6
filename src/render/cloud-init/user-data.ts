import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { cloudConfig, plainUserData } from './cloud-config.ts';
import type { CloudConfig, Packing, Payload } from './cloud-config.ts';
import { mergeUserData } from './merge.ts';
import { packings, plain } from './packings.ts';
import { tooBig } from './too-big.ts';

/** The least that any provider takes: AWS, before base64. */
export const leastLimit = 16_384;

export interface UserDataParts extends Payload {
  /** What the payload says at its top that it is for. */
  readonly title: string;
  /** The user's own user-data, and what messages call that file. */
  readonly merge: { readonly text: string; readonly file: string } | null;
}

/** Where a reviewer finds what is not written in plain. */
function note({ packed, archived }: Packing): string[] {
  if (packed.size + archived.size === 0) return [];
  const how = archived.size === 0 ? 'gunzip' : 'tar xzvO';
  return [
    `packed to fit into ${leastLimit.toLocaleString('en-US')} bytes; to read it: \`base64 -d | ${how}\`, templates/node of flexgen’s sources, or the node`,
  ];
}

interface Written {
  readonly text: string;
  readonly bytes: number;
  readonly config: CloudConfig;
}

function write(packing: Packing, { title, merge, ...payload }: UserDataParts): Result<Written> {
  const ours = cloudConfig(payload, packing);
  const merged = merge === null ? ok(ours) : mergeUserData(ours, merge.text, merge.file);
  if (!merged.ok) return merged;
  const text = plainUserData(merged.value, [title, ...note(packing)]);
  return ok({ text, bytes: Buffer.byteLength(text), config: merged.value });
}

/**
 * User-data as text that a reviewer can read. Where it would be more than the least limit, the files that every node
 * has are packed until it fits. Fails where the user's part can't be merged, or where it does not fit.
 */
export function renderUserData(parts: UserDataParts): Result<string> {
  let written = write(plain, parts);
  if (!written.ok) return written;
  const excess = written.value.bytes - leastLimit;
  if (excess <= 0) return ok(written.value.text);
  for (const { packing, saved } of packings(parts.files)) {
    // To write it takes longer than to see that it won't do.
    if (saved < excess) continue;
    written = write(packing, parts);
    if (!written.ok || written.value.bytes <= leastLimit) break;
  }
  if (!written.ok) return written;
  const { text, bytes, config } = written.value;
  return bytes <= leastLimit ? ok(text) : { ok: false, errors: [tooBig(config, bytes, leastLimit)] };
}
