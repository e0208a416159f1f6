import type { Check } from './value-problem.ts';

const check =
  (code: string, holds: (text: string) => boolean, message: string, hint: string): Check =>
  (text) =>
    holds(text) ? undefined : { code, message, hint };

// Microsoft.HybridCompute, machines: `machineName`.
export const machineName = check(
  'config/machine-name',
  (text) => /^[A-Za-z0-9_.-]{1,54}$/.test(text),
  'this is not a name that an Arc machine may have',
  'letters, digits, `-`, `_` and `.`; at most 54 characters',
);

export const resourceGroup = check(
  'config/resource-group',
  (text) => /^[\p{L}\p{N}_.()-]{1,90}$/u.test(text) && !text.endsWith('.'),
  'this is not the name of a resource group',
  'letters, digits, `-`, `_`, `.` and parentheses; at most 90 characters, and no `.` at the end',
);

export const region = check(
  'config/region',
  (text) => /^[a-z][a-z0-9]{2,49}$/.test(text),
  'this is not the name of an Azure region',
  'write it like `westeurope`; `az account list-locations --query [].name` lists them',
);

// Azure Resource Manager: "Use tags to organize your Azure resources", limitations.
export const tagName = check(
  'config/tag',
  (text) => /^[^<>%&\\?/]{1,512}$/.test(text),
  'this is not a name that a tag may have',
  'at most 512 characters, none of `<>%&\\?/`',
);

export const tagValue = check(
  'config/tag',
  (text) => text.length <= 256,
  'this value of a tag is too long',
  'at most 256 characters',
);

export const fingerprint = check(
  'config/fingerprint',
  (text) => /^[0-9A-Fa-f]{40}$/.test(text),
  'this is not the fingerprint of an OpenPGP key',
  'all 40 hex digits, without spaces; `gpg --show-keys FILE` prints them',
);

export const packageVersion = check(
  'config/package-version',
  (text) => /^[0-9][A-Za-z0-9.+~-]{0,63}$/.test(text),
  'this is not the version of a package',
  'write it as `apt-cache madison azcmagent` prints it, e.g. `1.60.03293.809`',
);

/** A place on the node, so an absolute path; the config's own folder means nothing there. */
export const nodePath = check(
  'config/node-path',
  (text) => /^\/[^\s]+$/.test(text) && text.length < 4096,
  'this is not an absolute path',
  'it is a file on the node: write it like `/var/run/secrets/token`',
);
