import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base, printed } from './support.ts';

test('a list where the file should be a map', () => {
  assert.equal(
    printed(`- apiVersion: flexgen/v1
`),
    `error: expected a map, found a list
 --> edge.yaml:1:1
  |
1 | - apiVersion: flexgen/v1
  | ^ write \`key: value\`, without \`- \`
`,
  );
});

test('a list where a map belongs', () => {
  assert.equal(
    printed(base + 'node:\n  - name: edge-01\n'),
    `error: expected a map, found a list
 --> edge.yaml:4:1
  |
4 | node:
  | ^^^^ write \`key: value\`, without \`- \`
`,
  );
});

test('a map where a list belongs', () => {
  assert.equal(
    printed(base + 'node:\n  taints:\n    dedicated: edge\n'),
    `error: expected a list, found a map
 --> edge.yaml:5:3
  |
5 |   taints:
  |   ^^^^^^ start each item with \`- \`
`,
  );
});

test('a string where a map belongs', () => {
  assert.equal(
    printed(base + 'artifacts: {ca: corp.pem}\n'),
    `error: expected a map, found a string
 --> edge.yaml:4:17
  |
4 | artifacts: {ca: corp.pem}
  |                 ^^^^^^^^ write it like \`{file: ./corp.pem}\`
`,
  );
});

test('an empty section', () => {
  assert.equal(
    printed(base + 'node:\n'),
    `error: \`node\` is empty: expected a map
 --> edge.yaml:4:1
  |
4 | node:
  | ^^^^ give it a value, or remove it
`,
  );
});

test('an unknown key', () => {
  assert.equal(
    printed(base + 'node:\n  lables: {site: factory-7}\n'),
    `error: unknown key \`lables\`
 --> edge.yaml:5:3
  |
5 |   lables: {site: factory-7}
  |   ^^^^^^ did you mean \`labels\`?
`,
  );
});

test('an unknown key that is like no other', () => {
  assert.equal(
    printed(base + 'components: {gpu: on}\n'),
    `error: unknown key \`gpu\`
 --> edge.yaml:4:14
  |
4 | components: {gpu: on}
  |              ^^^ known here: nodeProblemDetector, kubeProxy
`,
  );
});

test('a mis-cased key', () => {
  assert.equal(
    printed(base + 'node:\n  maxpods: 10\n'),
    `error: unknown key \`maxpods\`
 --> edge.yaml:5:3
  |
5 |   maxpods: 10
  |   ^^^^^^^ keys are case-sensitive: did you mean \`maxPods\`?
`,
  );
});

test('a key in the wrong section', () => {
  assert.equal(
    printed(base + 'maxPods: 10\n'),
    `error: unknown key \`maxPods\`
 --> edge.yaml:4:1
  |
4 | maxPods: 10
  | ^^^^^^^ \`maxPods\` belongs under \`node\`
`,
  );
});

test('a section that is indented too far', () => {
  assert.equal(
    printed(base + 'node:\n  network: {mode: external}\n'),
    `error: unknown key \`network\`
 --> edge.yaml:5:3
  |
5 |   network: {mode: external}
  |   ^^^^^^^ \`network\` stands at the top of the file: indent it less
`,
  );
});

test('a number where text belongs', () => {
  assert.equal(
    printed(base + 'node:\n  labels: {rack: 7}\n'),
    `error: expected a string, found a number
 --> edge.yaml:5:18
  |
5 |   labels: {rack: 7}
  |                  ^ put it in quotes
`,
  );
});

test('text where a number belongs', () => {
  assert.equal(
    printed(base + 'node: {maxPods: many}\n'),
    `error: expected a whole number, found a string
 --> edge.yaml:4:17
  |
4 | node: {maxPods: many}
  |                 ^^^^
`,
  );
});

test('a number out of range', () => {
  assert.equal(
    printed(base + 'node: {maxPods: 0}\n'),
    `error: \`maxPods\` must be from 1 to 1024
 --> edge.yaml:4:17
  |
4 | node: {maxPods: 0}
  |                 ^
`,
  );
});

test('a version that YAML takes for a number', () => {
  assert.equal(
    printed(base + 'versions: {kubernetes: 1.36}\n'),
    `error: expected a string, found a number
 --> edge.yaml:4:24
  |
4 | versions: {kubernetes: 1.36}
  |                        ^^^^ put it in quotes
`,
  );
});

test('an unknown option', () => {
  assert.equal(
    printed(base + 'node: {os: ubuntu-24.4}\n'),
    `error: \`ubuntu-24.4\` is no option of \`os\`
 --> edge.yaml:4:12
  |
4 | node: {os: ubuntu-24.4}
  |            ^^^^^^^^^^^
  = did you mean \`ubuntu-24.04\`? one of \`ubuntu-22.04\`, \`ubuntu-24.04\`, \`debian-12\` or \`debian-13\`
`,
  );
});

test('another apiVersion', () => {
  assert.equal(
    printed(`apiVersion: flexgen/v2
cluster: {facts: ./aks1.facts.yaml}
auth: {mode: bootstrap-token, token: {env: TOKEN}}
`),
    `error: \`flexgen/v2\` is no option of \`apiVersion\`
 --> edge.yaml:1:13
  |
1 | apiVersion: flexgen/v2
  |             ^^^^^^^^^^ write \`flexgen/v1\`
`,
  );
});

test('no mode', () => {
  assert.equal(
    printed(`apiVersion: flexgen/v1
cluster: {facts: ./aks1.facts.yaml}
auth: {token: {env: TOKEN}}
`),
    `error: \`auth\` needs \`mode\`
 --> edge.yaml:3:1
  |
3 | auth: {token: {env: TOKEN}}
  | ^^^^ add \`mode: \` and one of \`bootstrap-token\` or \`service-principal\`
`,
  );
});

test('an unknown mode', () => {
  assert.equal(
    printed(`apiVersion: flexgen/v1
cluster: {facts: ./aks1.facts.yaml}
auth: {mode: bootstrap, token: {env: TOKEN}}
`),
    `error: \`bootstrap\` is no option of \`mode\`
 --> edge.yaml:3:14
  |
3 | auth: {mode: bootstrap, token: {env: TOKEN}}
  |              ^^^^^^^^^ one of \`bootstrap-token\` or \`service-principal\`
`,
  );
});

test('a key that the mode needs', () => {
  assert.equal(
    printed(`apiVersion: flexgen/v1
cluster: {facts: ./aks1.facts.yaml}
auth: {mode: bootstrap-token}
`),
    `error: \`auth\` needs \`token\`
 --> edge.yaml:3:1
  |
3 | auth: {mode: bootstrap-token}
  | ^^^^ add \`token\`, e.g. \`token: {env: TOKEN}\`
`,
  );
});
