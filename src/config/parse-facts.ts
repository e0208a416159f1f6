import { settle, type Result } from '../diagnostics/diagnostic.ts';
import { createChecker, readDocument, type Checker } from './document.ts';
import type { ClusterFacts } from './facts.ts';
import type { RawCluster } from './raw-config.ts';
import { readFacts } from './read/cluster.ts';
import { factsSchema } from './schema/facts.ts';

let checker: Checker | undefined;

/** What the facts' schema lets through. */
type RawFacts = RawCluster & { readonly ca?: string };

function isRawFacts(data: unknown): data is RawFacts {
  // The schema has made it one: this says so to the compiler.
  return typeof data === 'object' && data !== null;
}

/** Reads a facts file: `text` as it stands in the file, `file` as messages should call it. All problems are located in it. */
export function parseFacts(text: string, file: string): Result<ClusterFacts> {
  checker ??= createChecker(factsSchema);
  const { data, diagnostics } = readDocument(text, file, 'the facts file', checker);
  const facts = isRawFacts(data) ? readFacts(data) : undefined;
  if (!isRawFacts(data) || facts === undefined || data.ca === undefined)
    return { ok: false, errors: diagnostics() };
  return settle({ ...facts, ca: data.ca }, diagnostics());
}
