import { familiesOf } from '../../config/families.ts';
import { textFile } from '../files.ts';
import type { Part } from '../plan.ts';

/** The node's addresses, names that no server knows, and the interface that it waits for. */
export const addresses: Part = ({ spec, facts }) => {
  const { hosts, ip, waitFor } = spec.node;
  const dual = familiesOf(facts).length > 1;
  const lines = Object.entries(hosts).flatMap(([name, ips]) => ips.map((address) => `${address} ${name}\n`));
  return {
    // The default route's addresses are kubelet's own choice, where it is to choose one.
    hooks: dual ? ['dual-stack'] : [],
    bootHooks: [
      ...(lines.length === 0 ? [] : ['hosts']),
      ...(waitFor === null ? [] : ['wait-for']),
      ...(dual || ip.from === 'default-route' ? [] : ['node-ip']),
    ],
    files: lines.length === 0 ? [] : [textFile('/etc/flexgen/hosts', lines.join(''), { phase: 'boot' })],
  };
};
