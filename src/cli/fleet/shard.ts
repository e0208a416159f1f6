import { InvalidArgumentError } from 'commander';

/** One of the parts that a fleet is split into, so that several machines share the work. */
export interface Shard {
  /** From 1. */
  readonly number: number;
  readonly of: number;
}

/** Reads `3/8`. */
export function parseShard(text: string): Shard {
  const [, number = 0, of = 0] = (/^([1-9]\d{0,4})\/([1-9]\d{0,4})$/.exec(text) ?? []).map(Number);
  if (number >= 1 && number <= of) return { number, of };
  throw new InvalidArgumentError('Write which part of how many, e.g. 3/8: the third of eight.');
}

/** Whether the node at this place, from 0, is in this part: neighbours are in others, so that all take as long. */
export const isIn = ({ number, of }: Shard, place: number): boolean => place % of === number - 1;
