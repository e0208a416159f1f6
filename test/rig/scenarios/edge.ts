import assert from 'node:assert/strict';
import { becomesReady, fails, isDone, on, patience, runsAPod } from '../expect.ts';
import { survivesAReboot } from '../life.ts';
import { startLan } from '../machines/lan.ts';
import { answerTo, endPods, podPort, startPod } from '../pods.ts';
import type { BootedNode, Scenario, Stage } from '../scenario.ts';
import { hostFromMachine, serviceCidr, serviceCidr6 } from '../services/control-plane-args.ts';
import { privateName } from '../services/pki.ts';
import { clusterPodCidr, clusterPodCidr6 } from '../site.ts';

const fast = [{ setting: 'namespaces', release: 'debian-13' }] as const;

/** The addresses of a node, as the cluster has them. */
async function addressesOf({ site }: Stage, { nodeName }: BootedNode): Promise<string> {
  const internal = 'jsonpath={.status.addresses[?(@.type=="InternalIP")].address}';
  return await site.controlPlane.kubectl(['get', 'node', nodeName, '-o', internal]);
}

const edgeMachine: Scenario = {
  name: 'a machine with two interfaces waits for its VPN, and registers the address that node.ip asks for',
  runs: fast,
  async play(stage) {
    await using lan = await startLan(stage.dir);
    const node = await stage.boot(
      { config: { node: { ip: { cidr: '10.8.0.0/16' }, waitFor: { interface: 'wg0', timeout: '2s' } } } },
      { second: { lan, addresses: ['10.8.0.21/24', 'fd00:8::21/64'] } },
    );
    await fails(
      stage,
      node,
      /FAILED at network \(6\): wg0 is not up with an address after 2 s — look at `ip addr show wg0`/,
    );
    await on(
      node,
      'ip link add wg0 type veth peer name wg1; ip addr add 10.9.0.2/32 dev wg0; ip link set wg1 up; ip link set wg0 up',
    );
    const verdict = await node.machine.waitForConsole(/is Ready in rig .*/, patience(stage, 120));
    assert.match(verdict[0], /s: network 0 host \d/);
    // Of the family that all that is known of the cluster is of.
    assert.equal(await addressesOf(stage, node), '10.8.0.21');
    await runsAPod(stage, node);
  },
};

const dualStackNode: Scenario = {
  name: 'a dual-stack node shows both families, its pods too, and finds the API server by a name of its own',
  runs: fast,
  async play(stage) {
    await using lan = await startLan(stage.dir);
    const { port } = stage.site.controlPlane;
    const node = await stage.boot(
      {
        // What most providers set: the hosts file is made anew at each boot.
        userData: '#cloud-config\nmanage_etc_hosts: true\n',
        config: {
          cluster: {
            server: `https://${privateName}:${port}`,
            podCIDRs: [clusterPodCidr, clusterPodCidr6],
            serviceCIDRs: [serviceCidr, serviceCidr6],
          },
          node: { ip: { interface: 'eth1' }, hosts: { [privateName]: hostFromMachine } },
          network: { mode: 'node-cidr' },
        },
      },
      { second: { lan, addresses: ['10.8.0.22/24', 'fd00:8::22/64'] } },
    );
    await becomesReady(stage, node);
    await isDone(stage, node);
    assert.equal(await addressesOf(stage, node), '10.8.0.22 fd00:8::22');
    const pods = [await startPod(stage, node, 'dual-a'), await startPod(stage, node, 'dual-b')] as const;
    const [a, b] = pods;
    assert.deepEqual(
      b.ips.map((ip) => ip.includes(':')),
      [false, true],
    );
    for (const ip of b.ips) assert.equal(await answerTo(a, ip), 'hello from dual-b', `${ip}:${podPort}`);
    await endPods(stage, pods);
    await survivesAReboot(stage, node);
    assert.equal(await on(node, `grep -c ' ${privateName}$' /etc/hosts`), '1');
    assert.equal(await addressesOf(stage, node), '10.8.0.22 fd00:8::22');
  },
};

/** Machines at the edge: several interfaces, both address families, names that no server knows. */
export const edgeScenarios: readonly Scenario[] = [edgeMachine, dualStackNode];
