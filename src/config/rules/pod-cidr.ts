import type { RawConfig } from '../raw-config.ts';
import { parseCidr, type Cidr } from '../values/cidr.ts';

export const podCidrPath = ['network', 'podCIDR'] as const;

/** The range of the node's own pods, for a network mode that has one. */
export function podCidrOf(config: RawConfig): { readonly text: string; readonly cidr: Cidr } | undefined {
  const text = config.network?.['podCIDR'];
  if (typeof text !== 'string') return undefined;
  const cidr = parseCidr(text);
  return cidr === undefined ? undefined : { text, cidr };
}
