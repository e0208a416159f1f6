import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok, refused } from '../../diagnostics/diagnostic.ts';
import { countedBytes } from './delivered.ts';
import type { Delivered, OutputChoice } from './delivered.ts';
import type { Envelope } from './envelopes/envelope.ts';
import { envelopes } from './envelopes/index.ts';
import { isMime } from './mime.ts';
import { ownPart } from './own-part.ts';
import { packings, plain } from './packings.ts';
import { targets } from './targets/index.ts';
import type { Target } from './targets/target.ts';
import { remediesFor } from './remedies.ts';
import { tooBig } from './too-big.ts';
import { write } from './write.ts';
import type { WriteParts, Written } from './write.ts';

export interface UserDataParts extends WriteParts {
  /** The node's name; empty where the machine finds its own. */
  readonly name: string;
  readonly output: OutputChoice;
}

/** A payload in an envelope, whether it fits or not. */
interface Wrapped {
  readonly envelope: Envelope;
  readonly written: Written;
  readonly bytes: Uint8Array;
  readonly counted: number;
}

function wrap(envelope: Envelope, written: Written, target: Target, parts: UserDataParts): Wrapped {
  const { name, output } = parts;
  const url = output.url === null ? {} : { url: output.url };
  const bytes = envelope.wrap({ userData: written.text, name, ...url });
  return { envelope, written, bytes, counted: countedBytes(target, envelope, bytes) };
}

/** What counts for a payload in this envelope. */
const limitOf = ({ drive }: Envelope, { limit }: Target): number | null => (drive === true ? null : limit);

/** The payload in this envelope: in plain text, else with what every node has packed, else as small as it gets. */
function fitted(envelope: Envelope, target: Target, parts: UserDataParts): Result<Wrapped> {
  const limit = limitOf(envelope, target) ?? Number.POSITIVE_INFINITY;
  // Text is never shorter than what is in its files: what is known to be too large is not put together.
  const least = parts.files.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
  const tooLarge = envelope.name === 'plain' && least > limit;
  const ways = [...(tooLarge ? [] : [plain]), ...packings(parts.files)];
  let wrapped: Wrapped | undefined;
  for (const packing of ways) {
    const written = write(packing, parts);
    if (!written.ok) return written;
    wrapped = wrap(envelope, written.value, target, parts);
    if (wrapped.counted <= limit || envelope.compresses === true) break;
  }
  if (wrapped === undefined) throw new Error('there is always a last way to pack');
  return ok(wrapped);
}

const notTaken = (message: string, hint: string) =>
  refused({ code: 'render/envelope', path: 'output.envelope', message, hint });

/** The envelopes to try, in their order; or why the one that is wanted won't do. */
function wanted({ output, merge }: UserDataParts, target: Target): Result<readonly Envelope[]> {
  const { envelope: choice } = output;
  if (choice === 'auto') return ok(target.auto.map((name) => envelopes[name]));
  if (!target.envelopes.includes(choice)) {
    const message = `${target.title} does not take the envelope \`${choice}\``;
    return notTaken(message, `take one of: auto, ${target.envelopes.join(', ')}`);
  }
  const own = merge === null ? null : ownPart(merge.text);
  if (choice === 'plain' && own !== null) {
    const message = `\`plain\` is one cloud-config, and ${merge?.file} is ${own.type}`;
    return notTaken(message, 'take `mime`, or `auto`, which does');
  }
  if (choice === 'include' && own !== null) {
    const message = `\`include\` hands over one cloud-config, and ${merge?.file} is ${own.type}`;
    return notTaken(message, 'take another envelope, or run it from the `runcmd` of a cloud-config');
  }
  if (envelopes[choice].hosted === true && output.url === null) {
    const message = `\`${choice}\` must know where the machine will find the payload`;
    return notTaken(message, 'say `--url https://…`, or `url` in the config’s `output`');
  }
  return ok([envelopes[choice]]);
}

/** A message of several parts is one however it is called. */
const named = ({ envelope, written }: Wrapped): Envelope =>
  envelope.name === 'plain' && isMime(written.text) ? envelopes.mime : envelope;

/**
 * User-data for a target, in the envelope that `output` says; with `auto` in the one that is easiest to read and fits. Where
 * plain text does not fit, files that every node has are packed until it does. Fails where the user's part can't be merged,
 * where the target does not take the envelope, and where the payload does not fit.
 */
export function renderUserData(parts: UserDataParts): Result<Delivered> {
  const { target: targetName } = parts.output;
  const target = targets[targetName];
  const tries = wanted(parts, target);
  if (!tries.ok) return tries;
  const failed: Wrapped[] = [];
  for (const envelope of tries.value) {
    const wrapped = fitted(envelope, target, parts);
    if (!wrapped.ok) return wrapped;
    const { bytes, counted, written } = wrapped.value;
    const limit = limitOf(envelope, target);
    if (limit !== null && counted > limit) {
      failed.push(wrapped.value);
      continue;
    }
    const { name, binary } = named(wrapped.value);
    return ok({
      encoded: bytes,
      // Who writes it to a file never asks for the text.
      get bytes() {
        return binary ? bytes : Buffer.from(bytes).toString();
      },
      envelope: name,
      target: targetName,
      counted,
      limit,
      hosted: envelope.hosted === true ? written.text : null,
    });
  }
  const [smallest] = failed.toSorted((a, b) => a.counted - b.counted);
  const { limit, title } = target;
  if (smallest === undefined || limit === null) throw new Error(`${targetName} has no envelope to try`);
  const remedies = remediesFor(
    parts,
    target,
    failed.map(({ envelope }) => envelope),
  );
  return { ok: false, errors: [tooBig({ ...smallest, limit, title, remedies })] };
}
