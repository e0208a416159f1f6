import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base, inlineBase, printed } from './support.ts';

test('a label with the prefix kubernetes.io', () => {
  assert.equal(
    printed(base + 'node:\n  labels: {kubernetes.io/site: x}\n'),
    `error: kubelet refuses to start with this label
 --> edge.yaml:5:12
  |
5 |   labels: {kubernetes.io/site: x}
  |            ^^^^^^^^^^^^^^^^^^ use a prefix of your own, or \`node.kubernetes.io/\`
`,
  );
});

test('a node-role label', () => {
  assert.equal(
    printed(base + 'node:\n  labels: {node-role.kubernetes.io/edge: ""}\n'),
    `error: a node can’t set its own role
 --> edge.yaml:5:12
  |
5 |   labels: {node-role.kubernetes.io/edge: ""}
  |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = kubelet may not give its own node a role: label it with \`kubectl label node\` after the join
`,
  );
});

test('a taint without effect', () => {
  assert.equal(
    printed(base + 'node:\n  taints: [dedicated=edge]\n'),
    `error: this taint has no effect
 --> edge.yaml:5:12
  |
5 |   taints: [dedicated=edge]
  |            ^^^^^^^^^^^^^^
  = add one of \`NoSchedule\`, \`PreferNoSchedule\` or \`NoExecute\`, e.g. \`dedicated=edge:NoSchedule\`
`,
  );
});

test('overlapping networks', () => {
  assert.equal(
    printed(inlineBase + 'network: {mode: bridge, podCIDR: 10.244.7.0/24}\n'),
    `error: \`10.244.7.0/24\`, for the pods of this node, overlaps \`10.244.0.0/16\`, of the cluster’s pods
  --> edge.yaml:10:34
   |
10 | network: {mode: bridge, podCIDR: 10.244.7.0/24}
   |                                  ^^^^^^^^^^^^^ use a range that is used nowhere else
`,
  );
});

test('a kubelet newer than the cluster', () => {
  assert.equal(
    printed(`apiVersion: flexgen/v1
auth: {mode: bootstrap-token, token: {env: TOKEN}}
cluster:
  server: https://aks1.example:443
  ca: {file: ca.crt}
  kubernetesVersion: 1.35.8
  clusterDNS: 10.0.0.10
  podCIDRs: 10.244.0.0/16
  serviceCIDRs: [10.0.0.0/16]
versions: {kubernetes: 1.36.4}
`),
    `error: kubelet 1.36.4 is newer than the cluster, which runs 1.35.8
  --> edge.yaml:10:24
   |
10 | versions: {kubernetes: 1.36.4}
   |                        ^^^^^^ take 1.32 to 1.35, or remove this key to take the cluster’s version
`,
  );
});

test('an unknown version', () => {
  assert.equal(
    printed(base + 'versions: {containerd: 2.3.99}\n'),
    `error: flexgen knows no digest of containerd 2.3.99
 --> edge.yaml:4:24
  |
4 | versions: {containerd: 2.3.99}
  |                        ^^^^^^
  = take \`2.3.4\`, \`2.3.3\`, \`2.3.2\` or \`2.3.1\`, or name a lock file that has it: \`artifacts: {lock: flexgen.lock.json}\`
`,
  );
});

test('a secret in plain', () => {
  assert.equal(
    printed(`apiVersion: flexgen/v1
cluster: {facts: ./aks1.facts.yaml}
auth: {mode: bootstrap-token, token: abcdef.0123456789abcdef}
`),
    `error: a secret may not stand in this file: \`token\` says where it comes from
 --> edge.yaml:3:38
  |
3 | auth: {mode: bootstrap-token, token: ***********************}
  |                                      ^^^^^^^^^^^^^^^^^^^^^^^
  = write {env: NAME}, {file: PATH} or {command: [PROGRAM, ARGUMENT, …]}
`,
  );
});

test('a secret in the place of its variable’s name', () => {
  assert.equal(
    printed(`apiVersion: flexgen/v1
cluster: {facts: ./aks1.facts.yaml}
auth: {mode: bootstrap-token, token: {env: abcdef.0123456789abcdef}}
`),
    `error: this is not the name of an environment variable
 --> edge.yaml:3:44
  |
3 | auth: {mode: bootstrap-token, token: {env: ***********************}}
  |                                            ^^^^^^^^^^^^^^^^^^^^^^^
  = name the variable that holds the secret, e.g. \`{env: BOOTSTRAP_TOKEN}\`; letters, digits and \`_\`
`,
  );
});

test('a CA that is not PEM', () => {
  assert.equal(
    printed(`apiVersion: flexgen/v1
auth: {mode: bootstrap-token, token: {env: TOKEN}}
cluster:
  server: https://aks1.example:443
  ca: MIIBszCCAVmgAwIBAgIUNm
  kubernetesVersion: 1.36.4
  clusterDNS: 10.0.0.10
  podCIDRs: 10.244.0.0/16
  serviceCIDRs: [10.0.0.0/16]
`),
    `error: this is not a certificate in PEM
 --> edge.yaml:5:7
  |
5 |   ca: MIIBszCCAVmgAwIBAgIUNm
  |       ^^^^^^^^^^^^^^^^^^^^^^ it may be the base64 of one: decode it first (\`base64 -d\`)
`,
  );
});

test('an upper-case node name', () => {
  assert.equal(
    printed(base + 'node: {name: Edge-01}\n'),
    `error: this is not a node name
 --> edge.yaml:4:14
  |
4 | node: {name: Edge-01}
  |              ^^^^^^^ a node’s name is lower-case: did you mean \`edge-01\`?
`,
  );
});

test('a network with host bits', () => {
  assert.equal(
    printed(base + 'node: {ip: {cidr: 10.8.0.21/16}}\n'),
    `error: \`10.8.0.21/16\` is an address in a network, not the network
 --> edge.yaml:4:19
  |
4 | node: {ip: {cidr: 10.8.0.21/16}}
  |                   ^^^^^^^^^^^^ did you mean \`10.8.0.0/16\`?
`,
  );
});

test('a proxy with a password', () => {
  assert.equal(
    printed(base + 'proxy: {http: "http://me:hunter2@proxy.corp:3128"}\n'),
    `error: a proxy’s name and password may not stand in this file
 --> edge.yaml:4:15
  |
4 | proxy: {http: ***********************************}
  |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = write \`{url: http://proxy.corp:3128, username: NAME, password: {env: PROXY_PASSWORD}}\`
`,
  );
});
