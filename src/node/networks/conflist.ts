import { compactJson } from '../../encode/document.ts';
import { textFile } from '../files.ts';
import type { NodeFile } from '../plan.ts';

/**
 * A CNI network list with a mark, `@0`, `@1`, … in the place of each range, which the node fills in: a bridge with
 * addresses from these ranges, and host ports. `families` are ranges of the same address families in the same order.
 */
export function conflistFile(families: readonly string[]): NodeFile {
  const list = {
    cniVersion: '1.0.0',
    name: 'flexgen',
    plugins: [
      {
        type: 'bridge',
        bridge: 'cni0',
        isGateway: true,
        ipMasq: true,
        hairpinMode: true,
        ipam: {
          type: 'host-local',
          ranges: families.map((_, index) => [{ subnet: `@${index}` }]),
          routes: families.map((cidr) => ({ dst: cidr.includes(':') ? '::/0' : '0.0.0.0/0' })),
        },
      },
      { type: 'portmap', capabilities: { portMappings: true } },
    ],
  };
  return textFile('/etc/flexgen/pods.conflist', compactJson(list));
}
