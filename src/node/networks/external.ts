import type { ModeDefinition } from '../plan.ts';

export interface External {
  readonly mode: 'external';
}

export const external: ModeDefinition<External> = {
  mode: 'external',
  summary: 'a CNI DaemonSet of the cluster (Cilium, Calico, …) sets the network up',
  properties: {},
  required: [],
  read: () => ({ mode: 'external' }),
  contribute: () => ({}),
};
