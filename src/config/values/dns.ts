import { parseAddress } from './ip.ts';
import type { Check } from './value-problem.ts';

const label = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
const subdomain = new RegExp(`^${label}(?:\\.${label})*$`);

/** Whether a text is an RFC 1123 subdomain: a DNS name in lower case, of at most 253 characters. */
export function isSubdomain(text: string): boolean {
  return text.length <= 253 && subdomain.test(text) && text.split('.').every((part) => part.length <= 63);
}

/** The node's name is its object's name, its certificate's, and the machine's host name. */
export const nodeName: Check = (text) => {
  if (isSubdomain(text)) return undefined;
  const problem = { code: 'config/node-name', message: 'this is not a node name' };
  if (isSubdomain(text.toLowerCase())) {
    return { ...problem, hint: `a node’s name is lower-case: did you mean \`${text.toLowerCase()}\`?` };
  }
  const parts =
    'lower-case letters, digits, `-` and `.`, with a letter or digit at both ends of each part between dots';
  return { ...problem, hint: `${parts}; at most 63 characters in a part and 253 in all` };
};

export const domain: Check = (text) =>
  isSubdomain(text)
    ? undefined
    : {
        code: 'config/domain',
        message: 'this is not a DNS domain',
        hint: 'write it in lower case, e.g. `cluster.local`',
      };

/** A name for the machine's hosts file. */
export const hostName: Check = (text) => {
  const code = 'config/host-name';
  if (parseAddress(text) !== undefined) {
    return { code, message: 'this is an address, not a name', hint: 'write `NAME: ADDRESS`' };
  }
  if (text === 'localhost') {
    return { code, message: '`localhost` is the machine itself', hint: 'remove it' };
  }
  return isSubdomain(text)
    ? undefined
    : {
        code,
        message: 'this is not a host’s name',
        hint: 'write it in lower case, e.g. `aks1.privatelink.westeurope.azmk8s.io`',
      };
};
