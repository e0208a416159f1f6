import { base, shows } from './support.ts';

shows({
  'a map where a list belongs': [
    base + 'node:\n  taints:\n    dedicated: edge\n',
    `error: expected a list, found a map
 --> edge.yaml:5:3
  |
5 |   taints:
  |   ^^^^^^ start each item with \`- \`
`,
  ],
  'a string where a map belongs': [
    base + 'artifacts: {ca: corp.pem}\n',
    `error: expected a map, found a string
 --> edge.yaml:4:17
  |
4 | artifacts: {ca: corp.pem}
  |                 ^^^^^^^^ write it like \`{file: ./corp.pem}\`
`,
  ],
  'an empty section': [
    base + 'node:\n',
    `error: \`node\` is empty: expected a map
 --> edge.yaml:4:1
  |
4 | node:
  | ^^^^ give it a value, or remove it
`,
  ],
  'an unknown key that is like no other': [
    base + 'components: {gpu: on}\n',
    `error: unknown key \`gpu\`
 --> edge.yaml:4:14
  |
4 | components: {gpu: on}
  |              ^^^ known here: nodeProblemDetector, kubeProxy
`,
  ],
  'a key in the wrong section': [
    base + 'maxPods: 10\n',
    `error: unknown key \`maxPods\`
 --> edge.yaml:4:1
  |
4 | maxPods: 10
  | ^^^^^^^ \`maxPods\` belongs under \`node\`
`,
  ],
  'a section that is indented too far': [
    base + 'node:\n  network: {mode: external}\n',
    `error: unknown key \`network\`
 --> edge.yaml:5:3
  |
5 |   network: {mode: external}
  |   ^^^^^^^ \`network\` stands at the top of the file: indent it less
`,
  ],
  'a number where text belongs': [
    base + 'node:\n  labels: {rack: 7}\n',
    `error: expected a string, found a number
 --> edge.yaml:5:18
  |
5 |   labels: {rack: 7}
  |                  ^ put it in quotes
`,
  ],
  'a version that YAML takes for a number': [
    base + 'versions: {kubernetes: 1.36}\n',
    `error: expected a string, found a number
 --> edge.yaml:4:24
  |
4 | versions: {kubernetes: 1.36}
  |                        ^^^^ put it in quotes
`,
  ],
  'an unknown option': [
    base + 'node: {os: ubuntu-24.4}\n',
    `error: \`ubuntu-24.4\` is no option of \`os\`
 --> edge.yaml:4:12
  |
4 | node: {os: ubuntu-24.4}
  |            ^^^^^^^^^^^
  = did you mean \`ubuntu-24.04\`? one of \`ubuntu-22.04\`, \`ubuntu-24.04\`, \`debian-12\` or \`debian-13\`
`,
  ],
  'another apiVersion': [
    `apiVersion: flexgen/v2
cluster: {facts: ./aks1.facts.yaml}
auth: {mode: bootstrap-token, token: {env: TOKEN}}
`,
    `error: \`flexgen/v2\` is no option of \`apiVersion\`
 --> edge.yaml:1:13
  |
1 | apiVersion: flexgen/v2
  |             ^^^^^^^^^^ write \`flexgen/v1\`
`,
  ],
  'no mode': [
    `apiVersion: flexgen/v1
cluster: {facts: ./aks1.facts.yaml}
auth: {token: {env: TOKEN}}
`,
    `error: \`auth\` needs \`mode\`
 --> edge.yaml:3:1
  |
3 | auth: {token: {env: TOKEN}}
  | ^^^^ add \`mode: \` and one of \`bootstrap-token\` or \`service-principal\`
`,
  ],
  'an unknown mode': [
    `apiVersion: flexgen/v1
cluster: {facts: ./aks1.facts.yaml}
auth: {mode: bootstrap, token: {env: TOKEN}}
`,
    `error: \`bootstrap\` is no option of \`mode\`
 --> edge.yaml:3:14
  |
3 | auth: {mode: bootstrap, token: {env: TOKEN}}
  |              ^^^^^^^^^ one of \`bootstrap-token\` or \`service-principal\`
`,
  ],
  'a key that the mode needs': [
    `apiVersion: flexgen/v1
cluster: {facts: ./aks1.facts.yaml}
auth: {mode: bootstrap-token}
`,
    `error: \`auth\` needs \`token\`
 --> edge.yaml:3:1
  |
3 | auth: {mode: bootstrap-token}
  | ^^^^ add \`token\`, e.g. \`token: {env: TOKEN}\`
`,
  ],
});
