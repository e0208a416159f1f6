import { staticFile } from '../files.ts';
import type { Part } from '../plan.ts';

/** Kernel modules and settings, and the packages whose commands the scripts and kubelet call. */
export const host: Part = ({ templates }) => ({
  files: [
    staticFile(templates, '/etc/modules-load.d/flexgen.conf'),
    staticFile(templates, '/etc/sysctl.d/99-flexgen.conf'),
  ],
  // util-linux, tar and gzip are essential packages: no Debian or Ubuntu is without them.
  packages: ['ca-certificates', 'curl', 'jq', 'iptables', 'kmod', 'iproute2', 'mount'],
});
