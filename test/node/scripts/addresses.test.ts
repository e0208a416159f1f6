import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { createMachine } from './shell.ts';

/** What `ip` of iproute2 prints of a machine with two interfaces; a filter that nothing fits prints nothing. */
const ip = String.raw`
case "$*" in
*'route show default'*) [[ $* == *-6* ]] && echo '[]' || echo '[{"dst":"default","dev":"eth0"}]' ;;
*'dev nope'*) echo 'Device "nope" does not exist.' >&2 && exit 1 ;;
*'dev eth0 to 0.0.0.0/0'* | *'to 10.0.2.0/24'*) printf '2: eth0    inet 10.0.2.15/24 scope global eth0\n' ;;
*'to 10.8.0.0/16'* | *'dev eth1 to 0.0.0.0/0'*) printf '3: eth1    inet 10.8.0.21/24 scope global eth1\n3: eth1    inet 10.8.0.22/24 scope global eth1\n' ;;
*'dev eth1 to ::/0'*primary | *'to fd00:8::/64'*primary) printf '3: eth1    inet6 fd00:8::21/64 scope global \n' ;;
*'dev wg0'*) [[ ! -e up ]] || printf '4: wg0    inet 10.9.0.2/32 scope global wg0\n' ;;
esac
`;

suite('the addresses of the node', { concurrency: 2 }, () => {
  const pick = async (t: TestContext, mode: string, filters: string) => {
    const machine = createMachine(t);
    machine.fake('ip', ip);
    const script = `NODE_IP='${filters}'\njoin\nmodes/${mode}\nstep kubelet 50\nip=''\naddress\necho "<$ip>"`;
    const { exitCode, stdout } = await machine.bash(script);
    return { exitCode, stdout };
  };
  const refused = (filters: string) => ({
    exitCode: 51,
    stdout: `flexgen: FAILED at kubelet (51): no address of this machine fits node.ip: ${filters} — run \`flexgen-node logs\`\n`,
  });

  test('one', async (t) => {
    assert.deepEqual(await pick(t, 'node-ip', 'to 10.8.0.0/16'), { exitCode: 0, stdout: '<10.8.0.21>\n' });
    for (const filters of ['to 10.99.0.0/16', 'dev nope']) {
      assert.deepEqual(await pick(t, 'node-ip', filters), refused(filters));
    }
  });

  for (const [filters, addresses] of [
    ['to fd00:8::/64,to 10.8.0.0/16', 'fd00:8::21,10.8.0.21'],
    ['dev eth1 to 0.0.0.0/0,dev eth1 to ::/0', '10.8.0.21,fd00:8::21'],
    // No route of IPv6.
    ['dev @ to 0.0.0.0/0,dev @ to ::/0', '10.0.2.15'],
    ['to 10.8.0.0/16', '10.8.0.21'],
  ] as const) {
    test(`in a dual-stack cluster: ${filters}`, async (t) => {
      assert.deepEqual(await pick(t, 'dual-stack', filters), { exitCode: 0, stdout: `<${addresses}>\n` });
    });
  }

  test('in a dual-stack cluster: none', async (t) => {
    const networks = 'to 10.8.0.0/16,to fd00:9::/64';
    assert.deepEqual(await pick(t, 'dual-stack', networks), refused('to fd00:9::/64'));
    const devices = 'dev nope to 0.0.0.0/0,dev nope to ::/0';
    assert.deepEqual(await pick(t, 'dual-stack', devices), refused(devices));
  });

  test('an interface that comes up in time, and one that does not', async (t) => {
    const machine = createMachine(t);
    machine.fake('ip', ip);
    machine.fake('sleep', 'touch up');
    const script = 'WAIT_FOR=wg0 WAIT_SECONDS=300\njoin\nmodes/wait-for\necho "$step"';
    const came = await machine.bash(script);
    assert.deepEqual([came.exitCode, came.stdout], [0, 'network\n']);
    const never = await machine.bash(script.replace('wg0', 'wg1').replace('300', '0'));
    assert.equal(never.exitCode, 6);
    assert.equal(
      never.stdout,
      'flexgen: FAILED at network (6): wg1 is not up with an address after 0 s — look at `ip addr show wg1`\n',
    );
  });

  test('names stand in the hosts file and in its template, once', async (t) => {
    const machine = createMachine(t);
    const template = '/etc/cloud/templates/hosts.debian.tmpl';
    machine.write('/etc/flexgen/hosts', '10.8.0.4 aks1.corp\nfd00::4 aks1.corp\n');
    machine.write('/etc/hosts', '127.0.0.1 localhost\n10.8.0.4 aks1.corp');
    machine.write(template, '127.0.0.1 localhost\n');
    for (let boot = 0; boot < 2; boot += 1) {
      assert.equal((await machine.bash('join\nmodes/hosts')).exitCode, 0);
      const lines = '127.0.0.1 localhost\n10.8.0.4 aks1.corp\nfd00::4 aks1.corp\n';
      assert.equal(machine.read('/etc/hosts'), lines);
      assert.equal(machine.read(template), lines);
    }
    const bare = createMachine(t);
    bare.write('/etc/flexgen/hosts', '10.8.0.4 aks1.corp\n');
    bare.write('/etc/hosts', '');
    assert.equal((await bare.bash('join\nmodes/hosts')).exitCode, 0);
    assert.equal(bare.read('/etc/hosts'), '10.8.0.4 aks1.corp\n');
  });
});
