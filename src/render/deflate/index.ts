import { Block } from './block.ts';
import { cheapest, costsOf, repeats } from './parse.ts';
import type { Step } from './parse.ts';

/** How often the way through the text is looked for with what the last one has cost. It hardly changes after that. */
const rounds = 6;

/** At how many places a block is tried to be cut in two. */
const cuts = 10;

/** Fewer steps than that are not worth codes of their own. */
const least = 400;

/** The shortest list of blocks for these steps that cutting in two finds. */
function blocksOf(steps: readonly Step[]): readonly Block[] {
  const whole = new Block(steps);
  let best: readonly [Block, Block, number] | undefined;
  for (let cut = 1; cut < cuts; cut += 1) {
    const at = Math.floor((steps.length * cut) / cuts);
    if (at < least || steps.length - at < least) continue;
    const [one, other] = [new Block(steps.slice(0, at)), new Block(steps.slice(at))];
    const size = one.size + other.size;
    if (size < (best === undefined ? whole.size : best[0].size + best[1].size)) best = [one, other, at];
  }
  return best === undefined
    ? [whole]
    : [...blocksOf(steps.slice(0, best[2])), ...blocksOf(steps.slice(best[2]))];
}

function written(blocks: readonly Block[]): Uint8Array {
  const bytes: number[] = [];
  let [pending, filled] = [0, 0];
  const put = (bits: number, count: number): void => {
    pending |= bits << filled;
    for (filled += count; filled >= 8; filled -= 8) {
      bytes.push(pending & 255);
      pending >>>= 8;
    }
  };
  blocks.forEach((block, index) => block.write(put, index === blocks.length - 1));
  if (filled > 0) bytes.push(pending & 255);
  return Uint8Array.from(bytes);
}

/**
 * Raw deflate of RFC 1951 in as few bytes as it takes some effort to find: for texts of some kilobytes that go where each
 * byte counts, 5 % less than what compressors do that must be fast.
 */
export function deflate(bytes: Uint8Array): Uint8Array {
  const repeated = repeats(bytes);
  // To begin with, all bytes are alike.
  let steps = cheapest(bytes, repeated, {
    literal: new Uint8Array(286).fill(8),
    distance: new Uint8Array(30).fill(5),
  });
  let best = new Block(steps);
  let bestSteps = steps;
  for (let round = 0; round < rounds; round += 1) {
    steps = cheapest(bytes, repeated, costsOf(steps));
    const block = new Block(steps);
    if (block.size >= best.size) continue;
    best = block;
    bestSteps = steps;
  }
  return written(blocksOf(bestSteps));
}
