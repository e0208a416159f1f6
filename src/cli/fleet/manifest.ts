import { jsonDocument } from '../../encode/document.ts';
import type { Shard } from './shard.ts';

/** One payload of a fleet, as the manifest has it. */
export interface ManifestEntry {
  readonly name: string;
  readonly index: number;
  readonly file: string;
  readonly envelope: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What all payloads of a manifest have in common. */
export interface ManifestHead {
  readonly image: string;
  /** How many nodes the fleet has, with those of other shards. */
  readonly nodes: number;
}

/** A part of a fleet has a manifest of its own, so that the parts can be laid into one folder. */
export const manifestName = (shard: Shard | null): string =>
  shard === null ? 'manifest.json' : `manifest-${shard.number}-of-${shard.of}.json`;

/** Says which payloads there are: one line each, in the fleet's order. */
export function manifest(head: ManifestHead, shard: Shard | null, entries: readonly ManifestEntry[]): string {
  const part = shard === null ? {} : { shard: `${shard.number}/${shard.of}` };
  const text = jsonDocument({ format: 'flexgen.fleet/v1', ...head, ...part, payloads: [] });
  const lines = entries.map((entry) => `\n    ${JSON.stringify(entry)}`).join(',');
  return text.replace('"payloads": []', () => `"payloads": [${lines}\n  ]`);
}
