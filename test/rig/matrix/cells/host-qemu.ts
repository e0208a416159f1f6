import type { Cell } from '../cell.ts';
import { before, during, now } from './host-moment.ts';

const memoryLimit = '/etc/systemd/system/flexgen.service.d/limit.conf';

/** What needs a kernel and a disk of the machine's own. */
export const qemuCells: readonly Cell[] = [
  {
    step: 'artifacts',
    fault: 'disk full',
    setting: 'qemu',
    strike: async (stage, node) =>
      await during(
        stage,
        node,
        'host',
        'size=$(($(stat -fc "%f*%S" /))); until fallocate -l $size /fill; do ((size -= 1 << 20)); done; dd if=/dev/zero of=/fill.rest bs=4k || :',
      ),
    verdict: /FAILED at \w+ \(\d+\): .*; \/var\/lib\/flexgen is full/,
    lift: async (_, node) => await now(node, 'rm /fill /fill.rest'),
  },
  {
    step: 'artifacts',
    fault: 'root file system read-only',
    setting: 'qemu',
    // As the kernel does it after an error of the disk.
    strike: async (stage, node) =>
      await during(stage, node, 'artifacts', 'echo u >/proc/sysrq-trigger; sleep 1; ! touch /touched'),
    verdict: /FAILED at \w+ \(\d+\): .*; \/var\/lib\/flexgen is read-only/,
    lift: async (_, node) => await now(node, 'mount -o remount,rw /'),
  },
  {
    step: 'kubelet',
    fault: 'swap that comes back',
    setting: 'qemu',
    wish: before('[[ -e /swap ]] || { fallocate -l 64M /swap; chmod 600 /swap; mkswap /swap; }'),
    strike: async (stage, node) => await during(stage, node, 'artifacts', 'swapon /swap'),
    verdict: /FAILED at registered \(61\): .*swap/,
    lift: async () => undefined,
  },
  {
    step: 'host',
    fault: 'out of memory',
    setting: 'qemu',
    // Too little for downloads side by side, enough for what says so afterwards, which is in the same group.
    wish: before(
      `[[ -e /etc/flexgen ]] || { mkdir -p ${memoryLimit.replace(/[^/]+$/, '')}; printf '[Service]\\nMemoryMax=12M\\nMemorySwapMax=0\\n' >${memoryLimit}; }`,
    ),
    verdict: /FAILED at \w+ \(9\): out of memory — /,
    lift: async (_, node) => await now(node, `rm ${memoryLimit}; systemctl daemon-reload`),
  },
];
