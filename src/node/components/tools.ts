import type { Part } from '../plan.ts';

/** For people on the node; no join waits for them. */
export const tools: Part = ({ versions }) => ({
  artifacts: [
    { component: 'kubectl', version: versions.kubernetes, when: 'later' },
    { component: 'kubeadm', version: versions.kubernetes, when: 'later' },
    { component: 'crictl', version: versions.crictl, when: 'later' },
  ],
});
