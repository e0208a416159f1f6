import { glob } from './glob.ts';
import type { Item } from './item.ts';

/** Nothing is at any of these patterns. */
function absent(name: string, ...patterns: readonly string[]): Item {
  return {
    name,
    reads: patterns.map((pattern) => `/${pattern}`).join(' '),
    violations: async ({ root }) => {
      const found = await Promise.all(patterns.map((pattern) => glob(root, pattern)));
      return found.flat().map((path) => `/${path}`);
    },
  };
}

/** What one machine has and no image may. */
export const absences: readonly Item[] = [
  absent('no SSH host key', 'etc/ssh/ssh_host_*'),
  absent('no authorized key', 'root/.ssh/**', 'home/*/.ssh/**'),
  absent('no state of cloud-init', 'var/lib/cloud/**', 'run/cloud-init/**'),
  absent(
    'no network that cloud-init wrote',
    'etc/netplan/*cloud-init*',
    'etc/systemd/network/*cloud-init*',
    'etc/network/interfaces.d/*cloud-init*',
  ),
  absent('no home of a person', 'home/*', 'var/mail/*'),
  absent('no earlier list of accounts', 'etc/passwd-', 'etc/shadow-', 'etc/group-', 'etc/gshadow-'),
  absent('no shell history', 'root/.*history', 'root/.lesshst', 'home/*/.*history'),
  absent('no log', 'var/log/**'),
  absent('no list of apt', 'var/lib/apt/lists/**'),
  absent('no cache of apt', 'var/cache/apt/*.bin', 'var/cache/apt/archives/*.deb'),
  absent('no core dump', 'var/lib/systemd/coredump/**', 'var/crash/**', 'core', 'core.*'),
  absent(
    'no random seed',
    'var/lib/systemd/random-seed',
    'var/lib/systemd/credential.secret',
    'boot/loader/random-seed',
    'boot/efi/loader/random-seed',
  ),
  absent(
    'no DHCP lease',
    'var/lib/dhcp/**',
    'var/lib/dhcpcd/**',
    'var/lib/NetworkManager/**',
    'var/lib/systemd/network/**',
  ),
  absent('no temporary file', 'tmp/**', 'var/tmp/**'),
  absent('no state of flexgen', 'var/lib/flexgen', 'run/flexgen'),
  absent(
    'no identity of a node',
    'var/lib/kubelet/pki/**',
    'var/lib/kubelet/kubeconfig',
    'var/lib/kubelet/bootstrap-kubeconfig',
    'var/lib/kubelet/token/*.env',
  ),
  absent('no connection of Azure Arc', 'var/opt/azcmagent/agentconfig.json', 'var/opt/azcmagent/certs/**'),
  absent('no state of the Azure agent', 'var/lib/waagent/**'),
  absent(
    'no unit that starts by itself',
    'etc/systemd/system/*.wants/flexgen.service',
    'etc/systemd/system/*.wants/containerd.service',
    'etc/systemd/system/*.wants/kubelet.service',
    'etc/systemd/system/*.wants/node-problem-detector.service',
  ),
];
