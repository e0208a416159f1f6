import assert from 'node:assert/strict';
import { on } from './expect.ts';
import { hostFromMachine } from './services/control-plane-args.ts';
import type { BootedNode } from './scenario.ts';

/** Name resolution that finds nobody tries all it can; it is no business of the node's. */
const dns = ['-p', 'tcp', '--dport', '53', '-j', 'DROP'];

/** cloud-init's own apt knows of no proxy: what it tried does not count. */
const countsFromFlexgen = [
  'sh',
  '-c',
  'mkdir -p "$1" && printf "[Service]\\nExecStartPre=/usr/sbin/iptables -Z OUTPUT\\n" >"$1/count.conf"',
  'sh',
  '/etc/systemd/system/flexgen.service.d',
];

/**
 * User-data of a machine that reaches nothing but these ports of the host and its own pods: everything else is refused
 * and counted. Kubelet's own port answers, whoever asks.
 */
export function reachesOnly(ports: readonly number[]): string {
  const rules = [
    ['-o', 'lo', '-j', 'ACCEPT'],
    ['-o', 'cni0', '-j', 'ACCEPT'],
    ['-p', 'tcp', '--sport', '10250', '-j', 'ACCEPT'],
    ...ports.map((port) => ['-d', hostFromMachine, '-p', 'tcp', '--dport', String(port), '-j', 'ACCEPT']),
    dns,
    ['-p', 'tcp', '-j', 'REJECT'],
    ['-j', 'DROP'],
  ];
  const bootcmd = [...rules.map((rule) => ['iptables', '-A', 'OUTPUT', ...rule]), countsFromFlexgen];
  return `#cloud-config\n${JSON.stringify({ bootcmd })}\n`;
}

/** Nobody on the machine tried another way out since flexgen started. */
export async function wentNowhereElse(node: BootedNode): Promise<void> {
  const rule = await on(node, 'iptables -nvxL OUTPUT | awk \'$3=="REJECT"{print $1}\'');
  assert.equal(rule, '0', await on(node, 'iptables -nvxL OUTPUT'));
}
