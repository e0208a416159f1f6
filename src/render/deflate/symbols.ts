/** The alphabets of RFC 1951: what a length or a distance is written as. */

/** Where each symbol of lengths begins, from 257, and how many bits follow it. */
const lengthBase = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
];
export const lengthExtra = [
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
];
/** The same of distances, from 0: two symbols for each number of bits. */
export const distanceExtra = Array.from({ length: 30 }, (_, symbol) => Math.max(0, (symbol >> 1) - 1));
const distanceBase = distanceExtra.map((bits, symbol) =>
  symbol < 2 ? symbol + 1 : ((2 + (symbol & 1)) << bits) + 1,
);

export const longest = 258;
export const shortest = 3;
export const window = 32_768;
export const literals = 286;
export const endOfBlock = 256;

function table(base: readonly number[], size: number): Uint8Array {
  const symbols = new Uint8Array(size + 1);
  for (let value = base[0] ?? 0, symbol = 0; value <= size; value += 1) {
    while ((base[symbol + 1] ?? Number.POSITIVE_INFINITY) <= value) symbol += 1;
    symbols[value] = symbol;
  }
  return symbols;
}

let lengthTable: Uint8Array | undefined;
let distanceTable: Uint8Array | undefined;

/** From 0; as a literal's neighbour it has 257 more. */
export const lengthSymbol = (length: number): number =>
  (lengthTable ??= table(lengthBase, longest))[length] ?? 0;
export const distanceSymbol = (distance: number): number =>
  (distanceTable ??= table(distanceBase, window))[distance] ?? 0;

/** What the bits after a symbol say. */
export const lengthRest = (length: number): number => length - (lengthBase[lengthSymbol(length)] ?? 0);
export const distanceRest = (distance: number): number =>
  distance - (distanceBase[distanceSymbol(distance)] ?? 0);
