import { join } from 'node:path';
import { startService, until } from '../services/processes.ts';
import type { Service } from '../services/processes.ts';
import { run } from '../services/run.ts';

/** A network between machines in namespaces, in a namespace of its own: nothing else is on it. */
export interface Lan extends AsyncDisposable {
  /** Gives the machine whose first process is `pid` an interface eth1 on it. */
  plug(pid: number): Promise<void>;
}

const switchScript = 'ip link add lan type bridge && ip link set lan up && exec sleep infinity';

/** `dir` takes its log. */
export async function startLan(dir: string): Promise<Lan> {
  const service: Service = await startService({
    name: 'the network between machines',
    command: 'unshare',
    args: ['--net', 'sh', '-c', switchScript],
    logFile: join(dir, 'lan.log'),
  });
  const inside = (...words: string[]): Promise<string> =>
    run('nsenter', ['--target', `${service.pid}`, '--net', '--', ...words]);
  const isUp = async (): Promise<boolean> => {
    const links = await inside('ip', '-o', 'link').catch(() => '');
    return /: lan: <[^>]*\bUP\b/.test(links);
  };
  await until('the network between machines', isUp, { seconds: 10, services: [service] });
  return {
    plug: async (pid) => {
      const port = `m${pid}`;
      // The other end goes with the machine's namespace.
      const ends = ['add', 'eth1', 'netns', `${pid}`, 'type', 'veth', 'peer', 'name', port];
      await inside('ip', 'link', ...ends);
      await inside('ip', 'link', 'set', port, 'master', 'lan', 'up');
    },
    [Symbol.asyncDispose]: () => service.stop(),
  };
}

/** What systemd-networkd of the machine makes of its eth1. */
export const lanNetwork = (addresses: readonly string[]): string =>
  [
    '[Match]',
    'Name=eth1',
    '',
    '[Network]',
    ...addresses.map((address) => `Address=${address}`),
    'IPv6AcceptRA=no',
    'IPv6DuplicateAddressDetection=0',
    '',
  ].join('\n');
