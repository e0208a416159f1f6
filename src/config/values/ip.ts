import { remembering } from './remember.ts';
import type { Check } from './value-problem.ts';

export type Family = 4 | 6;

/** An address as a number of 32 or 128 bits. */
export interface Address {
  readonly family: Family;
  readonly bits: bigint;
}

export const widthOf = (family: Family): number => (family === 4 ? 32 : 128);

function parse4(text: string): bigint | undefined {
  // A leading zero is octal to some readers and decimal to others; Kubernetes refuses it.
  if (!/^(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})$/.test(text)) return undefined;
  const bytes = text.split('.').map(Number);
  return bytes.some((byte) => byte > 255)
    ? undefined
    : bytes.reduce((bits, byte) => (bits << 8n) | BigInt(byte), 0n);
}

function parse6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  if (!groups.flat().every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  const missing = 8 - groups.flat().length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const [head = [], tail = []] = groups;
  const all = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  return all.reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n);
}

/** Reads an IPv4 or IPv6 address; not the mixed form `::ffff:1.2.3.4`, and no zone. */
export const parseAddress = remembering(parseAnew);

function parseAnew(text: string): Address | undefined {
  const family = text.includes(':') ? 6 : 4;
  const bits = family === 6 ? parse6(text) : parse4(text);
  return bits === undefined ? undefined : { family, bits };
}

function format6(bits: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((bits >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  );
  const zeros = groups.join(':').match(/\b0(?::0)+\b/g) ?? [];
  const longest = zeros.reduce((best, run) => (run.length > best.length ? run : best), '');
  if (longest === '') return groups.join(':');
  const [head = '', tail = ''] = groups.join(':').split(new RegExp(`(?:^|:)${longest}(?:$|:)`), 2);
  return `${head}::${tail}`;
}

/** The address in its usual form (RFC 5952). */
export function formatAddress({ family, bits }: Address): string {
  if (family === 6) return format6(bits);
  return [24n, 16n, 8n, 0n].map((shift) => String((bits >> shift) & 0xffn)).join('.');
}

export const ip: Check = (text) =>
  parseAddress(text) === undefined
    ? {
        code: 'config/ip',
        message: 'this is not an IP address',
        hint: 'write it like `10.0.0.10` or `fd00::a`',
      }
    : undefined;
