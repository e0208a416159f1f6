import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRig } from '../cli/run.ts';
import { sampleFiles } from '../cli/sample.ts';
import { planIn } from '../render/starters.ts';

const v4 = 'clusterDNS: 10.0.0.10';
const v6 = 'clusterDNS: "fd00:10::a"';
const both = 'clusterDNS: 10.0.0.10, serviceCIDRs: [10.0.0.0/16, "fd00:10::/112"]';

/** What the machine looks for, and the script that looks; empty where kubelet chooses. */
for (const [cluster, ip, filters, mode] of [
  [v4, '', '', ''],
  [v6, '', '', ''],
  [both, '', 'dev @ to 0.0.0.0/0,dev @ to ::/0', 'dual-stack'],
  [v4, 'interface: eth1', 'dev eth1', 'node-ip'],
  [v6, 'interface: eth1', 'dev eth1 to ::/0', 'node-ip'],
  [both, 'interface: eth1', 'dev eth1 to 0.0.0.0/0,dev eth1 to ::/0', 'dual-stack'],
  [v4, 'cidr: 10.8.0.0/16', 'to 10.8.0.0/16', 'node-ip'],
  [both, 'cidr: 10.8.0.0/16', 'to 10.8.0.0/16', 'dual-stack'],
  [both, 'cidr: ["fd00:8::/64", 10.8.0.0/16]', 'to fd00:8::/64,to 10.8.0.0/16', 'dual-stack'],
  [both, 'address: [10.8.0.9, "fd00:8::9"]', 'to 10.8.0.9,to fd00:8::9', 'dual-stack'],
] as const) {
  test(`the node’s address in a cluster with ${cluster}, by ${ip || 'nothing'}`, async (t) => {
    const node = ip === '' ? '' : `node: { ip: { ${ip} } }\n`;
    const rig = createRig(t, {
      ...sampleFiles,
      'flexgen.yaml': `apiVersion: flexgen/v1
cluster: { name: aks1, server: 'https://aks1.example', ca: { file: ca.pem }, kubernetesVersion: 1.36.4, ${cluster} }
auth: { mode: bootstrap-token, token: { file: token } }
network: { mode: external }
${node}`,
    });
    const { files } = await planIn(rig.folder, 'flexgen.yaml');
    const textOf = (path: string) => files.find((file) => file.path === path)?.content ?? '';
    const [, found = ''] = /^NODE_IP='?([^'\n]*)/m.exec(textOf('/etc/flexgen/node.env')) ?? [];
    assert.equal(found.replaceAll('"', ''), filters);
    const modes = { 'modes.sh': 'dual-stack', 'modes-node.sh': 'node-ip' };
    const has = Object.entries(modes).filter(([file]) =>
      textOf(`/usr/local/lib/flexgen/${file}`).includes('address()'),
    );
    assert.equal(has.map(([, name]) => name).join(), mode);
  });
}
