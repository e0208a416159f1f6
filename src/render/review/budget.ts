import { inBase64 } from '../cloud-init/delivered.ts';
import { envelopeNames } from '../cloud-init/envelopes/names.ts';
import type { EnvelopeName } from '../cloud-init/envelopes/names.ts';
import { drives as driveNames, targets } from '../cloud-init/targets/index.ts';
import { targetNames } from '../cloud-init/targets/names.ts';
import type { Target } from '../cloud-init/targets/target.ts';
import type { Decoded } from './decode/index.ts';
import type { Budget } from './review.ts';

/** The envelope that flexgen calls what a payload came in; null for one that it does not make. */
function envelopeOf(via: readonly string[]): EnvelopeName | null {
  // An object of Kubernetes carries user-data of any form.
  const [first, second, ...rest] = via[0] === 'kubernetes' ? via.slice(via[1] === 'base64' ? 2 : 1) : via;
  if (first === undefined || first === 'cloud-config-archive') return 'plain';
  if (first === 'base64' && second === 'gzip') return 'gzip-base64';
  if (first === 'base64' && second === 'mime') return rest.length === 0 ? 'base64' : null;
  return envelopeNames.find((name) => name === first) ?? null;
}

const drives: ReadonlySet<string> = new Set(driveNames);

/** What is around user-data and no part of it. */
const carriers: ReadonlySet<string> = new Set([...drives, 'guestinfo', 'external', 'kubernetes']);

function counted({ counts }: Target, { bytes, content, parts }: Decoded): number {
  if (counts === 'delivered') return carriers.has(parts[0]?.via[0] ?? '') ? content : bytes;
  return counts === 'base64' ? inBase64(content) : content;
}

/** What every target says to this payload as it is. */
export function budgetOf(decoded: Decoded): readonly Budget[] {
  const envelope = envelopeOf(decoded.parts[0]?.via ?? []);
  return targetNames.map((target): Budget => {
    const it: Target = targets[target];
    const takes = envelope !== null && it.envelopes.includes(envelope);
    // A drive is the machine's own.
    const limit = takes && drives.has(envelope) ? null : it.limit;
    return { target, title: it.title, counted: counted(it, decoded), limit, takes };
  });
}
