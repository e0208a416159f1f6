import { compactJson } from '../../encode/document.ts';

/** Addresses of a node's pods. */
export interface PodRange {
  readonly subnet: string;
  readonly isIPv6: boolean;
}

/** A CNI network list: a bridge with addresses from these ranges, and host ports. */
export function bridgeConflist(ranges: readonly PodRange[]): string {
  return compactJson({
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
          ranges: ranges.map(({ subnet }) => [{ subnet }]),
          routes: ranges.map(({ isIPv6 }) => ({ dst: isIPv6 ? '::/0' : '0.0.0.0/0' })),
        },
      },
      { type: 'portmap', capabilities: { portMappings: true } },
    ],
  });
}
