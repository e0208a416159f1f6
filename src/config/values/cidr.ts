import { formatAddress, parseAddress, widthOf, type Address } from './ip.ts';
import { remembering } from './remember.ts';
import type { Check } from './value-problem.ts';

/** A network: its first address, and how many leading bits all of its addresses share. */
export interface Cidr extends Address {
  readonly prefix: number;
}

const hostBits = ({ family, prefix }: Cidr) => BigInt(widthOf(family) - prefix);

/** The first address of the network that an address with a prefix is in. */
function network(cidr: Cidr): Cidr {
  return { ...cidr, bits: (cidr.bits >> hostBits(cidr)) << hostBits(cidr) };
}

/** Reads `address/prefix`; host bits may be set. */
const parse = remembering(parseAnew);

function parseAnew(text: string): Cidr | undefined {
  const [, addressText = '', prefixText = ''] = /^([^/]*)\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
  const address = parseAddress(addressText);
  const prefix = Number(prefixText);
  if (address === undefined || prefix > widthOf(address.family)) return undefined;
  return { ...address, prefix };
}

/** The network that a checked text stands for, or undefined for any other text. */
export function parseCidr(text: string): Cidr | undefined {
  const cidr = parse(text);
  return cidr !== undefined && network(cidr).bits === cidr.bits ? cidr : undefined;
}

/** Whether two networks share an address: then one is inside the other. */
export function overlap(a: Cidr, b: Cidr): boolean {
  if (a.family !== b.family) return false;
  const prefix = Math.min(a.prefix, b.prefix);
  return network({ ...a, prefix }).bits === network({ ...b, prefix }).bits;
}

/** Whether an address is of a network. */
export function contains(cidr: Cidr, { family, bits }: Address): boolean {
  return cidr.family === family && network({ ...cidr, bits }).bits === cidr.bits;
}

/** How many addresses the network has. */
export function sizeOf(cidr: Cidr): bigint {
  return 1n << hostBits(cidr);
}

export const cidr: Check = (text) => {
  const parsed = parse(text);
  if (parsed === undefined) {
    const address = parseAddress(text);
    const hint =
      address === undefined
        ? 'write a network like `10.244.7.0/24` or `fd00:10:244::/64`'
        : `add the length of the network’s prefix, e.g. \`${text}/${address.family === 4 ? 24 : 64}\``;
    return { code: 'config/cidr', message: 'this is not a network in CIDR notation', hint };
  }
  const first = network(parsed);
  if (first.bits === parsed.bits) return undefined;
  return {
    code: 'config/cidr',
    message: `\`${text}\` is an address in a network, not the network`,
    hint: `did you mean \`${formatAddress(first)}/${parsed.prefix}\`?`,
  };
};
