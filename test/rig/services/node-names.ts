import { readFile, writeFile } from 'node:fs/promises';

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
  const machine = await readFile('/etc/hosts', 'utf8');
  const nodes = new Map<string, string>();
  const write = async (): Promise<void> => {
    const lines = [...nodes].map(([node, ip]) => `${ip} ${node}\n`);
    // In place: a renamed file would not show through the bind mount.
    await writeFile(file, `${lines.join('')}${machine}`);
  };
  await write();
  return {
    file,
    register: async (node, ip) => {
      nodes.set(node, ip);
      await write();
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
