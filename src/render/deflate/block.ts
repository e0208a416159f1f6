import { codeLengths, codes } from './huffman.ts';
import { frequencies } from './parse.ts';
import type { Step } from './parse.ts';
import {
  distanceExtra,
  distanceRest,
  distanceSymbol,
  endOfBlock,
  lengthExtra,
  lengthRest,
  lengthSymbol,
} from './symbols.ts';

/** Takes bits, the lowest first. */
export type BitSink = (bits: number, count: number) => void;

/** In which order the lengths of the code of lengths stand. */
const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

const withoutTail = (lengths: Uint8Array, least: number): Uint8Array =>
  lengths.slice(0, Math.max(least, lengths.findLastIndex((length) => length > 0) + 1));

interface Run {
  readonly symbol: number;
  readonly rest: number;
  readonly bits: number;
}

/** The lengths of both codes as a list of runs. */
function runsOf(lengths: readonly number[]): readonly Run[] {
  const runs: Run[] = [];
  for (let at = 0; at < lengths.length;) {
    const length = lengths[at] ?? 0;
    let count = 1;
    while (lengths[at + count] === length) count += 1;
    at += count;
    if (length > 0) {
      runs.push({ symbol: length, rest: 0, bits: 0 });
      count -= 1;
    }
    const most = length > 0 ? 6 : 138;
    while (count >= 3) {
      const taken = Math.min(count, most);
      if (length > 0) runs.push({ symbol: 16, rest: taken - 3, bits: 2 });
      else if (taken < 11) runs.push({ symbol: 17, rest: taken - 3, bits: 3 });
      else runs.push({ symbol: 18, rest: taken - 11, bits: 7 });
      count -= taken;
    }
    for (; count > 0; count -= 1) runs.push({ symbol: length, rest: 0, bits: 0 });
  }
  return runs;
}

/** A block with codes of its own. */
export class Block {
  readonly #steps: readonly Step[];
  readonly #literal: Uint8Array;
  readonly #distance: Uint8Array;
  readonly #runs: readonly Run[];
  readonly #runLengths: Uint8Array;
  /** In bits. */
  readonly size: number;

  constructor(steps: readonly Step[]) {
    this.#steps = steps;
    const { literal, distance } = frequencies(steps);
    this.#literal = withoutTail(codeLengths(literal, 15), endOfBlock + 1);
    this.#distance = withoutTail(codeLengths(distance, 15), 1);
    this.#runs = runsOf([...this.#literal, ...this.#distance]);
    const counts = new Uint32Array(order.length);
    for (const { symbol } of this.#runs) counts[symbol] = (counts[symbol] ?? 0) + 1;
    this.#runLengths = codeLengths(counts, 7);
    let size = 0;
    this.#head((_, count) => (size += count));
    const add = (count: number, length = 0, extra = 0): void => {
      size += count * (length + extra);
    };
    literal.forEach((count, symbol) =>
      add(count, this.#literal[symbol], lengthExtra[symbol - endOfBlock - 1]),
    );
    distance.forEach((count, symbol) => add(count, this.#distance[symbol], distanceExtra[symbol]));
    this.size = size;
  }

  #head(put: BitSink): void {
    put(2, 2);
    put(this.#literal.length - 257, 5);
    put(this.#distance.length - 1, 5);
    const used = order.findLastIndex((symbol) => (this.#runLengths[symbol] ?? 0) > 0) + 1;
    const shown = order.slice(0, Math.max(4, used));
    put(shown.length - 4, 4);
    for (const symbol of shown) put(this.#runLengths[symbol] ?? 0, 3);
    const code = codes(this.#runLengths);
    for (const { symbol, rest, bits } of this.#runs) {
      put(code[symbol] ?? 0, this.#runLengths[symbol] ?? 0);
      put(rest, bits);
    }
  }

  write(put: BitSink, isLast: boolean): void {
    put(isLast ? 1 : 0, 1);
    this.#head(put);
    const [literal, distance] = [codes(this.#literal), codes(this.#distance)];
    const putLiteral = (symbol: number): void => put(literal[symbol] ?? 0, this.#literal[symbol] ?? 0);
    for (const step of this.#steps) {
      if (step.distance === 0) {
        putLiteral(step.byte);
        continue;
      }
      const length = lengthSymbol(step.length);
      putLiteral(endOfBlock + 1 + length);
      put(lengthRest(step.length), lengthExtra[length] ?? 0);
      const symbol = distanceSymbol(step.distance);
      put(distance[symbol] ?? 0, this.#distance[symbol] ?? 0);
      put(distanceRest(step.distance), distanceExtra[symbol] ?? 0);
    }
    putLiteral(endOfBlock);
  }
}
