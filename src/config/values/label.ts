import { isSubdomain } from './dns.ts';
import type { Check } from './value-problem.ts';

// k8s.io/apimachinery/pkg/util/validation: IsQualifiedName and IsValidLabelValue.
const name = /^[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;

/** A key's two parts; without a slash the prefix is empty. */
export function splitKey(key: string): { readonly prefix: string; readonly name: string } {
  const slash = key.indexOf('/');
  return { prefix: key.slice(0, Math.max(0, slash)), name: key.slice(slash + 1) };
}

/** Whether a text is the key of a label or of a taint. */
export function isLabelKey(key: string): boolean {
  const parts = splitKey(key);
  return name.test(parts.name) && (key.includes('/') ? isSubdomain(parts.prefix) : true);
}

export function isLabelValue(value: string): boolean {
  return value === '' || name.test(value);
}

export const labelSyntax =
  'letters, digits, `-`, `_` and `.`, with a letter or digit at both ends; at most 63 characters';

export const labelKey: Check = (text) =>
  isLabelKey(text)
    ? undefined
    : {
        code: 'config/label',
        message: 'this is not a label key',
        hint: `${labelSyntax}; a DNS name and \`/\` may stand before`,
      };

export const labelValue: Check = (text) =>
  isLabelValue(text)
    ? undefined
    : { code: 'config/label', message: 'this is not a label value', hint: labelSyntax };
