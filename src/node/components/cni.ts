import type { Part } from '../plan.ts';

/** The CNI plugins; what is done with them is the network mode's matter. */
export const cni: Part = ({ versions }) => ({
  artifacts: [
    { component: 'cni-plugins', version: versions.cniPlugins, when: 'join', folder: '/opt/cni/bin' },
  ],
});
