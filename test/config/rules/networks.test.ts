import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brief, diagnose, inlineBase, inlineProblemsOf, problemsOf } from '../support.ts';

test('networks that share nothing', () => {
  assert.deepEqual(
    inlineProblemsOf('network: {mode: bridge, podCIDR: 10.245.7.0/24}\nnode: {ip: {cidr: 192.168.0.0/16}}\n'),
    [],
  );
  assert.deepEqual(inlineProblemsOf('network: {mode: bridge, podCIDR: "fd00::/64"}\n'), []);
});

test('pods of the node among the cluster’s services', () => {
  assert.deepEqual(inlineProblemsOf('network: {mode: bridge, podCIDR: 10.0.0.0/8}\n'), [
    '10:34 error config/overlap: `10.0.0.0/8`, for the pods of this node, overlaps `10.0.0.0/16`, of the cluster’s services (use a range that is used nowhere else)',
    '10:34 error config/overlap: `10.0.0.0/8`, for the pods of this node, overlaps `10.244.0.0/16`, of the cluster’s pods (use a range that is used nowhere else)',
  ]);
});

test('the cluster’s own networks', () => {
  assert.deepEqual(inlineProblemsOf('').length, 0);
  assert.deepEqual(problemsOf('').concat(inlineProblemsOf('node: {ip: {address: 10.244.9.9}}\n')), [
    '10:22 error config/overlap: `10.244.9.9` is an address of the cluster’s pods (`10.244.0.0/16`) (give the address that the machine has in its own network)',
  ]);
});

test('the node among its own pods, before the cluster is known', () => {
  const pods = 'network: {mode: bridge, podCIDR: 10.8.7.0/24}\n';
  const hint = '(give the pods a range that is used nowhere else)';
  assert.deepEqual(problemsOf(`${pods}node: {ip: {cidr: 10.8.0.0/16}}\n`), [
    `4:34 error config/overlap: \`10.8.7.0/24\` overlaps \`node.ip\` (\`10.8.0.0/16\`) ${hint}`,
  ]);
  assert.deepEqual(problemsOf(`${pods}node: {ip: {address: 10.8.7.9}}\n`), [
    `4:34 error config/overlap: \`10.8.7.0/24\` overlaps \`node.ip\` (\`10.8.7.9\`) ${hint}`,
  ]);
  assert.deepEqual(problemsOf(`${pods}node: {ip: {address: 10.8.8.9}}\n`), []);
});

test('every pod has an address', () => {
  assert.deepEqual(problemsOf('network: {mode: bridge, podCIDR: 10.8.7.0/26}\n'), [
    '4:34 error config/max-pods: `10.8.7.0/26` has addresses for 61 pods, and `maxPods` is 110 (use a larger range, or set `maxPods: 61`)',
  ]);
  assert.deepEqual(problemsOf('network: {mode: bridge, podCIDR: 10.8.7.0/26}\nnode: {maxPods: 61}\n'), []);
  assert.deepEqual(problemsOf('network: {mode: bridge, podCIDR: 10.8.7.0/31}\nnode: {maxPods: 1}\n'), [
    '5:17 error config/max-pods: `10.8.7.0/31` has addresses for 0 pods, and `maxPods` is 1 (use a larger range)',
  ]);
  assert.deepEqual(problemsOf('network: {mode: bridge, podCIDR: "fd00::/64"}\nnode: {maxPods: 1024}\n'), []);
});

test('a list has one range of each family', () => {
  const both = 'network: {mode: bridge, podCIDR: [10.245.7.0/24, "fd00:7::/64"]}\n';
  assert.deepEqual(inlineProblemsOf(both), []);
  const list = 'network: {mode: bridge, podCIDR: [10.8.7.0/24, 10.8.8.0/24, "fd00::/64"]}\n';
  assert.deepEqual(problemsOf(list), ['4:34 error config/range: `podCIDR` may have at most 2 items']);
  assert.deepEqual(problemsOf('network: {mode: bridge, podCIDR: [10.8.7.0/24, 10.8.8.0/24]}\n'), [
    '4:48 error config/families: `10.8.7.0/24` and `10.8.8.0/24` are both of IPv4 (keep one; a list is for one of IPv4 and one of IPv6)',
  ]);
  assert.deepEqual(problemsOf('node: {ip: {address: [fd00::1, 10.8.0.1, "fd00::2"]}}\n').length, 1);
});

test('each range of a list is looked at', () => {
  const pods = 'network: {mode: bridge, podCIDR: [10.8.7.0/26, "fd00:7::/64"]}\n';
  assert.deepEqual(problemsOf(`${pods}node: {maxPods: 61, ip: {address: [10.9.0.1, "fd00:7::1"]}}\n`), [
    '4:48 error config/overlap: `fd00:7::/64` overlaps `node.ip` (`fd00:7::1`) (give the pods a range that is used nowhere else)',
  ]);
  assert.deepEqual(problemsOf(pods), [
    '4:35 error config/max-pods: `10.8.7.0/26` has addresses for 61 pods, and `maxPods` is 110 (use a larger range, or set `maxPods: 61`)',
  ]);
});

test('addresses of both families in a cluster that has one', () => {
  const hint =
    '(remove it; or, where the cluster has both, add the ranges that it has to `cluster.podCIDRs` and `cluster.serviceCIDRs`)';
  assert.deepEqual(inlineProblemsOf('node: {ip: {cidr: [10.8.0.0/16, "fd00:8::/64"]}}\n'), [
    `10:33 error config/dual-stack: \`fd00:8::/64\` is of IPv6, and all that is known of the cluster is of IPv4 ${hint}`,
  ]);
  const dual = inlineBase.replace('10.0.0.0/16', '10.0.0.0/16, "fd00:10::/112"');
  const config = `${dual}node: {ip: {address: [10.8.0.9, "fd00:8::9"]}}\n`;
  assert.deepEqual(brief(diagnose(config)), []);
});

test('names of the hosts file', () => {
  assert.deepEqual(problemsOf('node: {hosts: {aks1.corp: 10.8.0.4, b.corp: [10.8.0.5, "fd00::5"]}}\n'), []);
  assert.deepEqual(problemsOf('node: {hosts: {10.8.0.4: aks1.corp, localhost: 10.8.0.4, A_b: 10.8.0.4}}\n'), [
    '4:16 error config/host-name: this is an address, not a name (write `NAME: ADDRESS`)',
    '4:26 error config/ip: this is not an IP address (write it like `10.0.0.10` or `fd00::a`)',
    '4:37 error config/host-name: `localhost` is the machine itself (remove it)',
    '4:58 error config/host-name: this is not a host’s name (write it in lower case, e.g. `aks1.privatelink.westeurope.azmk8s.io`)',
  ]);
  assert.deepEqual(problemsOf('node: {name: edge-01, hosts: {edge-01: 10.8.0.4}}\n'), [
    '4:31 error config/hosts: `edge-01` is the node itself, and kubelet would take this for its address (remove it, and say the node’s address in `node.ip`)',
  ]);
  assert.deepEqual(
    problemsOf('node: {name: edge-01, ip: {interface: eth1}, hosts: {edge-01: 10.8.0.4}}\n'),
    [],
  );
});

test('what a machine waits for', () => {
  assert.deepEqual(problemsOf('node: {waitFor: {interface: wg0}}\n'), []);
  assert.deepEqual(problemsOf('node: {waitFor: {interface: wg0, timeout: 3600s}}\n'), []);
  assert.deepEqual(problemsOf('node: {waitFor: {interface: wg0, timeout: 3601s}}\n'), [
    '4:43 error config/duration: `3601s` is too long to wait before anything is said (at most `1h`; the machine begins anew after it)',
  ]);
  assert.deepEqual(problemsOf('node: {waitFor: {timeout: 1d, interfaces: wg0}}\n'), [
    '4:8 error config/missing-key: `waitFor` needs `interface` (add `interface`, e.g. `interface: wg0`)',
    '4:27 error config/duration: this is not a duration (write it like `90s`, `5m` or `1h`)',
    '4:31 error config/unknown-key: unknown key `interfaces` (did you mean `interface`?)',
  ]);
});
