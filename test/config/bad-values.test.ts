import { base, shows } from './support.ts';

shows({
  'a CA that is not PEM': [
    `apiVersion: flexgen/v1
auth: {mode: bootstrap-token, token: {env: TOKEN}}
cluster:
  server: https://aks1.example:443
  ca: MIIBszCCAVmgAwIBAgIUNm
  kubernetesVersion: 1.36.4
  clusterDNS: 10.0.0.10
  podCIDRs: 10.244.0.0/16
  serviceCIDRs: [10.0.0.0/16]
`,
    `error: this is not a certificate in PEM
 --> edge.yaml:5:7
  |
5 |   ca: MIIBszCCAVmgAwIBAgIUNm
  |       ^^^^^^^^^^^^^^^^^^^^^^ it may be the base64 of one: decode it first (\`base64 -d\`)
`,
  ],
  'an upper-case node name': [
    base + 'node: {name: Edge-01}\n',
    `error: this is not a node name
 --> edge.yaml:4:14
  |
4 | node: {name: Edge-01}
  |              ^^^^^^^ a node’s name is lower-case: did you mean \`edge-01\`?
`,
  ],
  'a network with host bits': [
    base + 'node: {ip: {cidr: 10.8.0.21/16}}\n',
    `error: \`10.8.0.21/16\` is an address in a network, not the network
 --> edge.yaml:4:19
  |
4 | node: {ip: {cidr: 10.8.0.21/16}}
  |                   ^^^^^^^^^^^^ did you mean \`10.8.0.0/16\`?
`,
  ],
});
