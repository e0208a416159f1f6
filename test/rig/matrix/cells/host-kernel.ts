import type { Cell } from '../cell.ts';
import { before, during, keepDoing, noMore, now } from './host-moment.ts';

const modules = '/usr/lib/modules';

/** What the kernel is not, or not any more. */
export const kernelCells: readonly Cell[] = [
  {
    step: 'host',
    fault: 'kernel modules missing',
    setting: 'namespaces',
    wish: before(`[[ -e /etc/flexgen ]] || mv ${modules} ${modules}.away`),
    verdict:
      /FAILED at host \(13\): modprobe: \w+: Module overlay not found in directory \S+ — install the full kernel package/,
    lift: async (_, node) => await now(node, `mv ${modules}.away ${modules}`),
  },
  {
    step: 'kubelet',
    fault: 'sysctl changed by another, again and again',
    setting: 'namespaces',
    strike: async (stage, node) =>
      await during(
        stage,
        node,
        'artifacts',
        // Without emptying the file that stands for the key: a kernel's is never empty, and kubelet would read that.
        keepDoing('while :; do echo 0 1<>/proc/sys/kernel/panic; sleep .02; done'),
      ),
    verdict: /FAILED at (registered \(61\)|ready \(71\)): .*kernel\/panic/,
    lift: async (_, node) => await now(node, noMore),
  },
];
