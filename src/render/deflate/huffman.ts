interface Tree {
  readonly weight: number;
  readonly symbols: readonly number[];
}

/** How many bits each symbol has in a prefix code for these frequencies; 0 for what does not occur. */
export function codeLengths(frequencies: ArrayLike<number>, most: number): Uint8Array {
  let weights = Array.from(frequencies);
  for (;;) {
    const lengths = unlimited(weights);
    if (lengths.every((length) => length <= most)) return lengths;
    // Flatter frequencies have a flatter tree.
    weights = weights.map((weight) => (weight === 0 ? 0 : (weight >> 1) + 1));
  }
}

function unlimited(weights: readonly number[]): Uint8Array {
  const lengths = new Uint8Array(weights.length);
  const trees: Tree[] = weights.flatMap((weight, symbol) =>
    weight === 0 ? [] : [{ weight, symbols: [symbol] }],
  );
  trees.sort((a, b) => a.weight - b.weight);
  const [only] = trees;
  if (trees.length === 1 && only !== undefined) lengths[only.symbols[0] ?? 0] = 1;
  // Both queues are in order, so that the lightest tree is at the head of one of them.
  const merged: Tree[] = [];
  const lightest = (): Tree | undefined =>
    (trees[0]?.weight ?? Number.POSITIVE_INFINITY) <= (merged[0]?.weight ?? Number.POSITIVE_INFINITY)
      ? trees.shift()
      : merged.shift();
  while (trees.length + merged.length > 1) {
    const [a, b] = [lightest(), lightest()];
    if (a === undefined || b === undefined) break;
    const symbols = [...a.symbols, ...b.symbols];
    for (const symbol of symbols) lengths[symbol] = (lengths[symbol] ?? 0) + 1;
    merged.push({ weight: a.weight + b.weight, symbols });
  }
  return lengths;
}

/** The canonical code of these lengths, each with its bits in the order in which they are written. */
export function codes(lengths: Uint8Array): Uint16Array {
  const result = new Uint16Array(lengths.length);
  let code = 0;
  for (let length = 1; length <= 15; length += 1) {
    code <<= 1;
    lengths.forEach((its, symbol) => {
      if (its !== length) return;
      let [reversed, rest] = [0, code];
      for (let bit = 0; bit < length; bit += 1) {
        reversed = (reversed << 1) | (rest & 1);
        rest >>= 1;
      }
      result[symbol] = reversed;
      code += 1;
    });
  }
  return result;
}
