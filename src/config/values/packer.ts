import type { Check } from './value-problem.ts';

const matches =
  (code: string, pattern: RegExp, message: string, hint: string): Check =>
  (text) =>
    pattern.test(text) ? undefined : { code, message, hint };

/** What Packer compares a downloaded disk with: never `none`. */
export const checksum = matches(
  'config/checksum',
  /^(?:(?:sha256:)?[0-9a-f]{64}|(?:sha512:)?[0-9a-f]{128}|file:\S+)$/,
  'this is not a checksum',
  'write `sha256:` or `sha512:` and hexadecimal digits, or `file:` and the URL of a list of checksums',
);

export const diskSize = matches(
  'config/disk-size',
  /^[1-9]\d{0,5}[MGT]$/,
  'this is not the size of a disk',
  'write it like `20G`',
);

/** A duration as Go reads it. */
export const goDuration = matches(
  'config/duration',
  /^[1-9]\d{0,5}[smh]$/,
  'this is not a duration',
  'write it like `90s`, `20m` or `1h`',
);
