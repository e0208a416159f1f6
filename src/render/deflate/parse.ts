import {
  distanceExtra,
  distanceSymbol,
  endOfBlock,
  lengthExtra,
  lengthSymbol,
  literals,
  longest,
  shortest,
  window,
} from './symbols.ts';

/** One step of a text: a byte of it (distance 0), or so many bytes as stand so far before. */
export interface Step {
  readonly length: number;
  readonly distance: number;
  readonly byte: number;
}

/** Bits of each symbol, in the two alphabets. */
export interface Costs {
  readonly literal: ArrayLike<number>;
  readonly distance: ArrayLike<number>;
}

/** Where a text repeats itself: for each place pairs of a length and the least distance that has it, both growing. */
export function repeats(bytes: Uint8Array): readonly Uint16Array[] {
  const last = new Map<number, number>();
  const before = new Int32Array(bytes.length).fill(-1);
  return Array.from(bytes, (_, at) => {
    const found: number[] = [];
    const most = Math.min(longest, bytes.length - at);
    if (most < shortest) return new Uint16Array();
    const key = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    let from = last.get(key) ?? -1;
    before[at] = from;
    last.set(key, at);
    for (
      let best = shortest - 1;
      from >= 0 && at - from <= window && best < most;
      from = before[from] ?? -1
    ) {
      if (bytes[from + best] !== bytes[at + best]) continue;
      let length = 0;
      while (length < most && bytes[from + length] === bytes[at + length]) length += 1;
      if (length <= best) continue;
      best = length;
      found.push(length, at - from);
    }
    return Uint16Array.from(found);
  });
}

/** The way through a text that costs least, by dynamic programming over its places. */
export function cheapest(bytes: Uint8Array, repeated: readonly Uint16Array[], costs: Costs): readonly Step[] {
  const end = bytes.length;
  const cost = new Float64Array(end + 1).fill(Number.POSITIVE_INFINITY);
  const lengths = new Uint16Array(end + 1);
  const distances = new Uint16Array(end + 1);
  const lengthCost = new Float64Array(longest + 1);
  for (let length = shortest; length <= longest; length += 1) {
    const symbol = lengthSymbol(length);
    lengthCost[length] = (costs.literal[endOfBlock + 1 + symbol] ?? 0) + (lengthExtra[symbol] ?? 0);
  }
  cost[0] = 0;
  for (let at = 0; at < end; at += 1) {
    const here = cost[at] ?? 0;
    const asByte = here + (costs.literal[bytes[at] ?? 0] ?? 0);
    if (asByte < (cost[at + 1] ?? 0)) {
      cost[at + 1] = asByte;
      lengths[at + 1] = 1;
      distances[at + 1] = 0;
    }
    const pairs = repeated[at] ?? [];
    for (let pair = 0, length = shortest; pair < pairs.length; pair += 2) {
      const distance = pairs[pair + 1] ?? 0;
      const symbol = distanceSymbol(distance);
      const base = here + (costs.distance[symbol] ?? 0) + (distanceExtra[symbol] ?? 0);
      const most = pairs[pair] ?? 0;
      // Nobody gets further in one step: less of it is not worth the look.
      if (most === longest) length = most;
      for (; length <= most; length += 1) {
        const total = base + (lengthCost[length] ?? 0);
        if (total >= (cost[at + length] ?? 0)) continue;
        cost[at + length] = total;
        lengths[at + length] = length;
        distances[at + length] = distance;
      }
    }
  }
  const steps: Step[] = [];
  for (let at = end; at > 0; at -= lengths[at] ?? 1)
    steps.push({ length: lengths[at] ?? 1, distance: distances[at] ?? 0, byte: bytes[at - 1] ?? 0 });
  return steps.toReversed();
}

const count = (of: Uint32Array, symbol: number): void => {
  of[symbol] = (of[symbol] ?? 0) + 1;
};

/** How often each symbol occurs in these steps. */
export function frequencies(steps: readonly Step[]): { literal: Uint32Array; distance: Uint32Array } {
  const literal = new Uint32Array(literals);
  const distance = new Uint32Array(distanceExtra.length);
  for (const step of steps) {
    if (step.distance === 0) count(literal, step.byte);
    else {
      count(literal, endOfBlock + 1 + lengthSymbol(step.length));
      count(distance, distanceSymbol(step.distance));
    }
  }
  count(literal, endOfBlock);
  return { literal, distance };
}

function bitsOf(counts: Uint32Array): Float64Array {
  const all = counts.reduce((sum, times) => sum + times, 1);
  return Float64Array.from(counts, (times) => Math.log2(all / Math.max(times, 0.5)));
}

/** What each symbol would cost if the next text were like these steps. */
export function costsOf(steps: readonly Step[]): Costs {
  const { literal, distance } = frequencies(steps);
  return { literal: bitsOf(literal), distance: bitsOf(distance) };
}
