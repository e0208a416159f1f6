import type { Check } from './value-problem.ts';

/** A check by a pattern. The limit is of UTF-16 units; what the patterns let through is ASCII. */
const pattern =
  (code: string, expression: RegExp, message: string, hint: string, limit = 253): Check =>
  (text) =>
    text.length <= limit && expression.test(text) ? undefined : { code, message, hint };

export const envName = pattern(
  'config/env-name',
  /^[A-Za-z_][A-Za-z0-9_]*$/,
  'this is not the name of an environment variable',
  'name the variable that holds the secret, e.g. `{env: BOOTSTRAP_TOKEN}`; letters, digits and `_`',
);

export const guid = pattern(
  'config/guid',
  /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/,
  'this is not a GUID',
  'write it like `11111111-2222-3333-4444-555555555555`',
);

// IFNAMSIZ is 16 with the closing NUL. The kernel takes more than these characters; no distribution names one so.
export const interfaceName = pattern(
  'config/interface',
  /^[A-Za-z0-9][A-Za-z0-9_.-]*$/,
  'this is not the name of a network interface',
  'write it as `ip link` shows it, e.g. `eth1`: at most 15 of letters, digits, `_`, `.` and `-`',
  15,
);

// Azure allows more for a resource's name; AKS does not.
export const clusterName = pattern(
  'config/cluster-name',
  /^[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?$/,
  'this is not a cluster name',
  'letters, digits, `-`, `_` and `.`; a letter or digit at both ends; at most 63 characters',
  63,
);

export const version = pattern(
  'config/version',
  /^(?:0|[1-9]\d{0,3})(?:\.(?:0|[1-9]\d{0,3})){2}$/,
  'this is not a full version',
  'write all three numbers, without `v`, e.g. `1.36.4`',
);

// github.com/distribution/reference, without upper case, which only the tag may have.
export const image = pattern(
  'config/image',
  /^(?:[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?::\d+)?\/)+[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?::[\w][\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/,
  'this is not a full image reference',
  'write registry, repository and tag, e.g. `mcr.microsoft.com/oss/v2/kubernetes/pause:3.10.2`',
  512,
);
