import type { Path } from '../path.ts';
import { parseCidr, type Cidr } from '../values/cidr.ts';
import { parseAddress, type Address } from '../values/ip.ts';

/** One text of a key that has one or a list of them, and where it stands. */
export interface Listed<T> {
  readonly path: Path;
  readonly text: string;
  readonly value: T;
}

function listed<T>(value: unknown, path: Path, parse: (text: string) => T | undefined): Listed<T>[] {
  const texts: readonly (readonly [Path, unknown])[] = Array.isArray(value)
    ? value.map((text: unknown, index) => [[...path, index], text])
    : [[path, value]];
  return texts.flatMap(([at, text]) => {
    const parsed = typeof text === 'string' ? parse(text) : undefined;
    return typeof text === 'string' && parsed !== undefined ? [{ path: at, text, value: parsed }] : [];
  });
}

/** The networks that stand at a path; what is none is reported already. */
export const networksAt = (value: unknown, path: Path): Listed<Cidr>[] => listed(value, path, parseCidr);

/** The addresses that stand at a path; what is none is reported already. */
export const addressesAt = (value: unknown, path: Path): Listed<Address>[] =>
  listed(value, path, parseAddress);
