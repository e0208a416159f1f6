import assert from 'node:assert/strict';
import { becomesReady, isDone, on, runsAPod } from '../expect.ts';
import { survivesAReboot } from '../life.ts';
import type { Scenario } from '../scenario.ts';

/** What sorts behind our own file, so that it has the last word at each boot. */
const sysctls = ['kernel.panic = 0', 'vm.overcommit_memory = 0', 'net.ipv4.ip_forward = 0'].join('\n');

const write_files = [{ path: '/etc/sysctl.d/99-hardening.conf', content: `${sysctls}\n` }];

export const hardened: Scenario = {
  name: 'a hardened image, without IPv6 and with sysctls that no node may have, joins and survives a reboot',
  runs: [{ setting: 'qemu', release: 'debian-13' }],
  async play(stage) {
    const userData = `#cloud-config\n${JSON.stringify({ write_files })}\n`;
    const node = await stage.boot({ userData }, { kernelArguments: 'ipv6.disable=1' });
    await becomesReady(stage, node);
    await isDone(stage, node);
    await survivesAReboot(stage, node);
    assert.equal(await on(node, 'cat /proc/sys/net/ipv4/ip_forward /proc/sys/kernel/panic'), '1\n10');
    await runsAPod(stage, node);
  },
};
