import type { Cell } from '../cell.ts';
import { before, during, keepDoing, noMore, now } from './host-moment.ts';

/** Holds a file as apt and dpkg do, with a lock of fcntl's. */
const holder = (file: string, seconds: number): string =>
  keepDoing(
    `exec python3 -c "import fcntl, time; it = open(\\"${file}\\", \\"w\\"); fcntl.lockf(it, fcntl.LOCK_EX); time.sleep(${seconds})"`,
  );

const lockedFor = 120;

const shared = { step: 'packages', setting: 'namespaces', image: { variant: 'bare' } } as const;

/** What keeps apt and dpkg from their work. */
export const packageCells: readonly Cell[] = [
  {
    ...shared,
    fault: 'apt lock held for two minutes (dpkg/lock-frontend)',
    strike: async (stage, node) =>
      await during(stage, node, 'host', holder('/var/lib/dpkg/lock-frontend', lockedFor)),
    verdict: null,
    lift: async (_, { machine }) => {
      const ended = 'while systemctl -q is-active rig-fault; do sleep .2; done';
      await machine.exec(ended, { deadlineMs: 3000 * lockedFor });
    },
  },
  {
    ...shared,
    fault: 'apt lock held (apt/lists/lock)',
    strike: async (stage, node) => await during(stage, node, 'host', holder('/var/lib/apt/lists/lock', 3600)),
    verdict:
      /FAILED at packages \(16\): apt-get: E: Could not get lock \/var\/lib\/apt\/lists\/lock\. It is held by process \d+ \(python3\)/,
    lift: async (_, node) => await now(node, noMore),
  },
  {
    ...shared,
    fault: 'dpkg was interrupted',
    // As dpkg leaves what it did not get to write into its status file.
    wish: before('[[ -e /etc/flexgen ]] || dpkg-query -s kmod >/var/lib/dpkg/updates/0000'),
    verdict: null,
    lift: async () => undefined,
  },
];
