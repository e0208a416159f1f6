import { on, patience } from '../expect.ts';
import type { BootedNode, Stage } from '../scenario.ts';
import type { Step } from './cell.ts';

/** Resolves once the machine says that this step is behind it. */
export async function isPast(stage: Stage, { machine }: BootedNode, step: Step): Promise<void> {
  await machine.waitForConsole(new RegExp(`flexgen: ${step} done`), patience(stage, 300));
}

/** The network cable of the machine, or its switch. */
export const link = {
  down: async (_: Stage, node: BootedNode): Promise<void> => {
    // While it sets the device up, systemd-networkd would set it up again.
    await on(
      node,
      'until ip -4 addr show dev eth0 | grep -q inet; do sleep 0.1; done; ip link set eth0 down',
    );
  },
  up: async (_: Stage, node: BootedNode): Promise<void> => {
    await on(node, 'ip link set eth0 up');
  },
} as const;

/** Waits for its network from a DaemonSet, which is not there yet: until then it is at the step `ready`. */
export const withoutNetwork = { config: { network: { mode: 'external' } } } as const;

/** What such a DaemonSet does on a machine. */
export async function bringNetwork(node: BootedNode): Promise<void> {
  const ipam = { type: 'host-local', ranges: [[{ subnet: '10.246.0.0/24' }]] };
  const plugins = [{ type: 'bridge', bridge: 'cni0', isGateway: true, ipam }];
  const conflist = { cniVersion: '1.0.0', name: 'late', plugins };
  await on(node, `echo '${JSON.stringify(conflist)}' > /etc/cni/net.d/10-late.conflist`);
}
