import { countedBytes } from './delivered.ts';
import type { Envelope } from './envelopes/envelope.ts';
import { envelopes } from './envelopes/index.ts';
import { plain } from './packings.ts';
import type { Target } from './targets/target.ts';
import { write } from './write.ts';
import type { WriteParts } from './write.ts';
import { number } from '../../diagnostics/number.ts';

/** How many bytes a target would count of this payload, with nothing packed. */
function countedIn(envelope: Envelope, parts: WriteParts, target: Target): number {
  const written = write(plain, parts);
  if (!written.ok) return Number.POSITIVE_INFINITY;
  return countedBytes(target, envelope, envelope.wrap({ userData: written.value.text, name: '' }));
}

/** What would make a payload fit that is too big in each of these envelopes. */
export function remediesFor(parts: WriteParts, target: Target, tried: readonly Envelope[]): string[] {
  const fits = (counted: number): boolean => target.limit === null || counted <= target.limit;
  const others = target.envelopes
    .map((name) => envelopes[name])
    .filter((envelope) => !tried.includes(envelope) && envelope.drive !== true && envelope.hosted !== true)
    .map((envelope) => ({ name: envelope.name, counted: countedIn(envelope, parts, target) }))
    .filter(({ counted }) => fits(counted));
  const boot = { ...parts, files: parts.files.filter(({ phase }) => phase === 'boot') };
  const golden = parts.target === 'stock' && fits(countedIn(envelopes.plain, boot, target));
  const remedies = [
    ...others
      .slice(0, 1)
      .map(({ name, counted }) => `\`--envelope ${name}\` makes it ${number(counted)} bytes`),
    ...(golden ? ['`--image golden` leaves out what an image of `flexgen packer` has'] : []),
  ];
  return remedies.length > 0 ? remedies : ['`--envelope include` serves it from a URL of yours'];
}
