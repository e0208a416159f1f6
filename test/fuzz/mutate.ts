import { constantFrom, integer, nat, oneof, record, sample, uint8Array } from 'fast-check';

/** What becomes of bytes that were right: cut, moved, doubled, other bytes, more bytes. */
const mutation = record({
  kind: constantFrom('flip', 'cut', 'remove', 'insert', 'copy', 'zero', 'number'),
  at: nat({ max: 1_000_000 }),
  length: oneof(integer({ min: 1, max: 8 }), integer({ min: 1, max: 4096 })),
  bytes: uint8Array({ minLength: 1, maxLength: 6 }),
});

/** `count` times these bytes, each with up to three such changes: the same for the same seed. */
export function* mutated(bytes: Uint8Array, count: number, seed: number): Generator<Buffer> {
  const rounds = sample(mutation, { numRuns: count * 3, seed });
  for (let index = 0; index < count; index += 1) {
    let whole = Buffer.from(bytes);
    for (const { kind, at, length, bytes: others } of rounds.slice(index * 3, index * 3 + 1 + (index % 3))) {
      const from = whole.length === 0 ? 0 : at % whole.length;
      const [before, after] = [whole.subarray(0, from), whole.subarray(from)];
      const made = Buffer.from(others);
      if (kind === 'flip') whole = Buffer.concat([before, made, after.subarray(made.length)]);
      if (kind === 'cut') whole = Buffer.from(before);
      if (kind === 'remove') whole = Buffer.concat([before, after.subarray(length)]);
      if (kind === 'insert') whole = Buffer.concat([before, made, after]);
      if (kind === 'copy') whole = Buffer.concat([before, after.subarray(0, length), after]);
      if (kind === 'zero') whole = Buffer.from(whole).fill(0, from, Math.min(whole.length, from + length));
      // As a length, a sector or a cluster it leads as far as it can.
      if (kind === 'number') whole = Buffer.from(whole).fill(0xff, from, Math.min(whole.length, from + 4));
    }
    yield whole;
  }
}
