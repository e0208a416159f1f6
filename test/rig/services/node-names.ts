import { appendFile, readFile, writeFile } from 'node:fs/promises';

/**
 * The hosts file that the API server sees instead of the machine's, in which each node's name is a loopback address:
 * every kubelet listens on 10250, so several machines at once need an address each (127.9.1.1, 127.9.1.2, …).
 */
export interface NodeNames {
  readonly file: string;
  /** From now on (Go looks into the file every five seconds) the API server reaches the kubelet of `node` at `ip`. */
  register(node: string, ip: string): Promise<void>;
}

export async function createNodeNames(file: string): Promise<NodeNames> {
  const machine = (await readFile('/etc/hosts', 'utf8')).replace(/\n?$/, '\n');
  const nodes = new Map<string, string>();
  await writeFile(file, machine);
  return {
    file,
    register: async (node, ip) => {
      const before = nodes.get(node);
      nodes.set(node, ip);
      if (before === ip) return;
      const lines = [...nodes].map(([name, address]) => `${address} ${name}\n`);
      // In place: a renamed file would not show through the bind mount. And at its end, if that can be: a file that is
      // written anew is empty for a moment, in which somebody may look.
      if (before === undefined) await appendFile(file, `${ip} ${node}\n`);
      else await writeFile(file, `${machine}${lines.join('')}`);
    },
  };
}

/** The command line that runs `command` with `hostsFile` as /etc/hosts, in a mount namespace of its own; needs root. */
export function withHostsFile(
  hostsFile: string,
  command: string,
  args: readonly string[],
): { command: string; args: string[] } {
  const script = 'hosts=$1; shift; mount --bind "$hosts" /etc/hosts && exec "$@"';
  return { command: 'unshare', args: ['--mount', 'sh', '-c', script, 'sh', hostsFile, command, ...args] };
}
