import type { RawConfig } from '../raw-config.ts';
import type { Cidr } from '../values/cidr.ts';
import { networksAt, type Listed } from './listed.ts';

const podCidrPath = ['network', 'podCIDR'] as const;

/** The ranges of the node's own pods, for a network mode that has them: one, or one of each family. */
export const podCidrsOf = (config: RawConfig): readonly Listed<Cidr>[] =>
  networksAt(config.network?.['podCIDR'], podCidrPath);
