import { isMap } from '../data.ts';
import { parseCidr } from '../values/cidr.ts';
import type { Cidr } from '../values/cidr.ts';
import { formatAddress, widthOf } from '../values/ip.ts';

/** One block of addresses that is cut into ranges of one size, a node's pods each. */
export interface PodBlock {
  readonly text: string;
  readonly block: Cidr;
  /** The length of each range's prefix. */
  readonly size: number;
}

/** The block that `{block, size}` says; undefined where it is none, which the schema or `blockProblem` says. */
export function podBlock(written: unknown): PodBlock | undefined {
  if (!isMap(written)) return undefined;
  const { block: text, size } = written;
  const block = typeof text === 'string' ? parseCidr(text) : undefined;
  if (typeof text !== 'string' || block === undefined || typeof size !== 'number') return undefined;
  if (!Number.isInteger(size) || size < block.prefix || size > widthOf(block.family)) return undefined;
  return { text, block, size };
}

/** How many ranges a block has. */
export const rangesOf = ({ block, size }: PodBlock): bigint => 1n << BigInt(size - block.prefix);

/** The range of the node with this number, the first is 1; undefined where the block has not as many. */
export function podRange(pods: PodBlock, index: number): string | undefined {
  const { block, size } = pods;
  if (index < 1 || BigInt(index) > rangesOf(pods)) return undefined;
  const bits = block.bits + (BigInt(index - 1) << BigInt(widthOf(block.family) - size));
  return `${formatAddress({ family: block.family, bits })}/${size}`;
}

/** Every block that a `podCIDR` has: one, or one of each family; undefined for one that is none. */
export function blocksIn(written: unknown): readonly (PodBlock | undefined)[] {
  const items: readonly unknown[] = Array.isArray(written) ? written : [written];
  return items.filter(isMap).map(podBlock);
}
