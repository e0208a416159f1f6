import { sample, sampleFiles } from '../sample.ts';
import { refuses } from './refuses.ts';

const olderCluster = sampleFiles['facts.yaml'].replace('1.36.4', '1.35.7');

/** What is said of each download of a Kubernetes of which no digest is known, at a place, with its line and a pointer. */
const noDigest = (version: string, place: string, ...line: readonly string[]): string =>
  ['kubelet', 'kubectl', 'kubeadm']
    .map(
      (name) => `error: no sha256 is known for ${name} ${version} (amd64)
${[place, '  |', ...line].join('\n')}
  = run \`flexgen lock\` to write its digest to flexgen.lock.json, or take a version it knows: 1.36.4, 1.36.3, 1.36.2
`,
    )
    .join('\n');

refuses('values that no node could have', [
  {
    name: 'a label of kubernetes.io',
    config: `${sample}node: { labels: { kubernetes.io/role: edge } }\n`,
    stderr: `error: kubelet refuses to start with this label
 --> flexgen.yaml:7:19
  |
7 | node: { labels: { kubernetes.io/role: edge } }
  |                   ^^^^^^^^^^^^^^^^^^ use a prefix of your own, or \`node.kubernetes.io/\`
`,
  },
  {
    name: 'a label of k8s.io',
    config: `${sample}node: { labels: { sub.k8s.io/role: edge } }\n`,
    stderr: `error: kubelet refuses to start with this label
 --> flexgen.yaml:7:19
  |
7 | node: { labels: { sub.k8s.io/role: edge } }
  |                   ^^^^^^^^^^^^^^^ use a prefix of your own, or \`node.kubernetes.io/\`
`,
  },
  {
    name: 'a role',
    config: `${sample}node: { labels: { node-role.kubernetes.io/edge: '' } }\n`,
    stderr: `error: a node can’t set its own role
 --> flexgen.yaml:7:19
  |
7 | node: { labels: { node-role.kubernetes.io/edge: '' } }
  |                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = kubelet may not give its own node a role: label it with \`kubectl label node\` after the join
`,
  },
  {
    name: 'a taint without effect',
    config: `${sample}node: { taints: [dedicated=edge] }\n`,
    stderr: `error: this taint has no effect
 --> flexgen.yaml:7:18
  |
7 | node: { taints: [dedicated=edge] }
  |                  ^^^^^^^^^^^^^^
  = add one of \`NoSchedule\`, \`PreferNoSchedule\` or \`NoExecute\`, e.g. \`dedicated=edge:NoSchedule\`
`,
  },
  {
    name: 'a taint with a wrong effect',
    config: `${sample}node: { taints: [dedicated=edge:NoShedule] }\n`,
    stderr: `error: this taint’s effect is not known
 --> flexgen.yaml:7:18
  |
7 | node: { taints: [dedicated=edge:NoShedule] }
  |                  ^^^^^^^^^^^^^^^^^^^^^^^^
  = did you mean \`NoSchedule\`? one of \`NoSchedule\`, \`PreferNoSchedule\` or \`NoExecute\`
`,
  },
  {
    name: 'a pod range inside the services of the cluster',
    config: sample.replace('mode: external', 'mode: bridge, podCIDR: 10.0.3.0/24'),
    stderr: `error: \`10.0.3.0/24\`, for the pods of this node, overlaps \`10.0.0.0/16\`, of the cluster’s services
 --> flexgen.yaml:6:35
  |
6 | network: { mode: bridge, podCIDR: 10.0.3.0/24 }
  |                                   ^^^^^^^^^^^ use a range that is used nowhere else
`,
  },
  {
    name: 'a node range that overlaps the pods of the cluster',
    config: `${sample}node: { ip: { cidr: 10.244.0.0/15 } }\n`,
    stderr: `error: \`10.244.0.0/15\`, for the node, overlaps \`10.244.0.0/16\`, of the cluster’s pods
 --> flexgen.yaml:7:21
  |
7 | node: { ip: { cidr: 10.244.0.0/15 } }
  |                     ^^^^^^^^^^^^^ use a range that is used nowhere else
`,
  },
  {
    name: 'a kubelet newer than the cluster',
    config: `${sample}versions: { kubernetes: 1.36.4 }\n`,
    files: { 'facts.yaml': olderCluster },
    stderr: `error: kubelet 1.36.4 is newer than the cluster, which runs 1.35.7
 --> flexgen.yaml:7:25
  |
7 | versions: { kubernetes: 1.36.4 }
  |                         ^^^^^^ take 1.32 to 1.35, or remove this key to take the cluster’s version
`,
  },
  {
    name: 'an unknown Kubernetes',
    config: `${sample}versions: { kubernetes: 1.36.99 }\n`,
    stderr: `error: flexgen knows no digest of kubelet 1.36.99
 --> flexgen.yaml:7:25
  |
7 | versions: { kubernetes: 1.36.99 }
  |                         ^^^^^^^
  = take \`1.36.4\`, \`1.36.3\`, \`1.36.2\` or \`1.36.1\`, or name a lock file that has it: \`artifacts: {lock: flexgen.lock.json}\`
`,
  },
  {
    name: 'an unknown containerd',
    config: `${sample}versions: { containerd: 2.9.9 }\n`,
    stderr: `error: flexgen knows no digest of containerd 2.9.9
 --> flexgen.yaml:7:25
  |
7 | versions: { containerd: 2.9.9 }
  |                         ^^^^^
  = take \`2.3.4\`, \`2.3.3\`, \`2.3.2\` or \`2.3.1\`, or name a lock file that has it: \`artifacts: {lock: flexgen.lock.json}\`
`,
  },
  {
    name: 'a containerd that is too old for the Kubernetes',
    config: `${sample}versions: { containerd: 2.0.0 }\n`,
    stderr: `error: containerd 2.0.0 does not suit Kubernetes 1.36
 --> flexgen.yaml:7:25
  |
7 | versions: { containerd: 2.0.0 }
  |                         ^^^^^
  = take containerd 2.2.0 or newer, below 3, or remove this key to take what suits
`,
  },
  {
    name: 'a cluster of an unknown version',
    config: sample,
    files: { 'facts.yaml': sampleFiles['facts.yaml'].replace('1.36.4', '1.36.77') },
    stderr: noDigest(
      '1.36.77',
      ' --> flexgen.yaml:2:19',
      '2 | cluster: { facts: facts.yaml }',
      '  |                   ^^^^^^^^^^',
    ),
  },
  {
    name: 'a node name that is no host name',
    config: `${sample}node: { name: Edge_01 }\n`,
    stderr: `error: this is not a node name
 --> flexgen.yaml:7:15
  |
7 | node: { name: Edge_01 }
  |               ^^^^^^^
  = lower-case letters, digits, \`-\` and \`.\`, with a letter or digit at both ends of each part between dots; at most 63 characters in a part and 253 in all
`,
  },
  {
    name: 'a host name of 64 characters',
    config: `${sample}node: { name: ${'a'.repeat(64)} }\n`,
    stderr: `error: this is not a node name
 --> flexgen.yaml:7:15
  |
7 | node: { name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa }
  |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = lower-case letters, digits, \`-\` and \`.\`, with a letter or digit at both ends of each part between dots; at most 63 characters in a part and 253 in all
`,
  },
  {
    name: 'a field that this kubelet does not have',
    config: `${sample}node: { kubelet: { imageGCHighThreshold: 80 } }\n`,
    stderr: `error: kubelet 1.36 has no field \`imageGCHighThreshold\`
 --> flexgen.yaml:7:20
  |
7 | node: { kubelet: { imageGCHighThreshold: 80 } }
  |                    ^^^^^^^^^^^^^^^^^^^^ did you mean \`imageGCHighThresholdPercent\`?
`,
  },
  {
    name: 'a version that neither the lock file nor flexgen knows',
    config: `${sample}versions: { kubernetes: 1.36.99 }\nartifacts: { lock: flexgen.lock.json }\n`,
    files: { 'flexgen.lock.json': '{"lockVersion":1,"artifacts":[]}' },
    stderr: noDigest(
      '1.36.99',
      ' --> flexgen.yaml:7:25',
      '7 | versions: { kubernetes: 1.36.99 }',
      '  |                         ^^^^^^^',
    ),
  },
]);
