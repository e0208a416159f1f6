import { base, shows } from './support.ts';

shows({
  'wrong indentation': [
    base + 'node:\n    name: edge-01\n  os: debian-13\n',
    `error: this line does not fit the lines around it
 --> edge.yaml:6:1
  |
6 |   os: debian-13
  | ^ indent keys of one map, and items of one list, alike
`,
  ],
  'an unclosed bracket': [
    base + 'node: {name: edge-01\n',
    `error: a bracket is not closed
 --> edge.yaml:4:21
  |
4 | node: {name: edge-01
  |                     ^ close it with \`]\` or \`}\`
`,
  ],
  'a colon in a plain value': [
    base + 'node:\n  name: edge: 01\n',
    `error: a second key on one line, or an indented key under a value
 --> edge.yaml:5:9
  |
5 |   name: edge: 01
  |         ^ put each key on a line of its own; put a value that has \`: \` in it in quotes
`,
  ],
  'a duplicate key': [
    base + 'node:\n  name: edge-01\n  os: debian-13\n  name: edge-02\n',
    `error: duplicate key \`name\`
 --> edge.yaml:7:3
  |
7 |   name: edge-02
  |   ^^^^ the first one is in line 5: keep one
`,
  ],
  'a YAML alias': [
    base + 'node: &node {}\nssh: *node\n',
    `error: YAML aliases (\`*name\`) are not supported
 --> edge.yaml:5:6
  |
5 | ssh: *node
  |      ^^^^^ write the value out, or put it in quotes
`,
  ],
  'a YAML directive': [
    `%YAML 1.1
---
apiVersion: flexgen/v1
cluster: {facts: ./aks1.facts.yaml}
auth: {mode: bootstrap-token, token: {env: TOKEN}}
`,
    `error: YAML directives (\`%…\`) are not supported
 --> edge.yaml:1:1
  |
1 | %YAML 1.1
  | ^ remove the line
`,
  ],
  'a byte that is no UTF-8': [
    base + 'node: {name: "edge�01"}\n',
    `error: the character U+FFFD (bytes that are no UTF-8) may not stand here
 --> edge.yaml:4:19
  |
4 | node: {name: "edge�01"}
  |                   ^ remove it
`,
  ],
});
