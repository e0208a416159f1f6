import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base, printed } from './support.ts';

test('an empty file', () => {
  assert.equal(
    printed(''),
    `error: the config is empty
 --> edge.yaml:1:1
  |
1 |
  | ^ it needs at least \`apiVersion\`, \`cluster\`, \`auth\`
`,
  );
});

test('nothing but comments', () => {
  assert.equal(
    printed(`# soon
`),
    `error: the config is empty
 --> edge.yaml:1:1
  |
1 | # soon
  | ^ it needs at least \`apiVersion\`, \`cluster\`, \`auth\`
`,
  );
});

test('a tab as indentation', () => {
  assert.equal(
    printed(base + 'node:\n\tname: edge-01\n'),
    `error: a tab indents this line
 --> edge.yaml:5:1
  |
5 |     name: edge-01
  | ^^^^ YAML indents with spaces alone; use two for each level
`,
  );
});

test('wrong indentation', () => {
  assert.equal(
    printed(base + 'node:\n    name: edge-01\n  os: debian-13\n'),
    `error: this line does not fit the lines around it
 --> edge.yaml:6:1
  |
6 |   os: debian-13
  | ^ indent keys of one map, and items of one list, alike
`,
  );
});

test('an unclosed quote', () => {
  assert.equal(
    printed(base + 'node: {name: "edge-01}\n'),
    `error: a quote is not closed
 --> edge.yaml:4:23
  |
4 | node: {name: "edge-01}
  |                       ^ look further up for a value that starts with a quote and has no second one
`,
  );
});

test('an unclosed bracket', () => {
  assert.equal(
    printed(base + 'node: {name: edge-01\n'),
    `error: a bracket is not closed
 --> edge.yaml:4:21
  |
4 | node: {name: edge-01
  |                     ^ close it with \`]\` or \`}\`
`,
  );
});

test('a colon in a plain value', () => {
  assert.equal(
    printed(base + 'node:\n  name: edge: 01\n'),
    `error: a second key on one line, or an indented key under a value
 --> edge.yaml:5:9
  |
5 |   name: edge: 01
  |         ^ put each key on a line of its own; put a value that has \`: \` in it in quotes
`,
  );
});

test('a duplicate key', () => {
  assert.equal(
    printed(base + 'node:\n  name: edge-01\n  os: debian-13\n  name: edge-02\n'),
    `error: duplicate key \`name\`
 --> edge.yaml:7:3
  |
7 |   name: edge-02
  |   ^^^^ the first one is in line 5: keep one
`,
  );
});

test('a YAML alias', () => {
  assert.equal(
    printed(base + 'node: &node {}\nssh: *node\n'),
    `error: YAML aliases (\`*name\`) are not supported
 --> edge.yaml:5:6
  |
5 | ssh: *node
  |      ^^^^^ write the value out, or put it in quotes
`,
  );
});

test('a second document', () => {
  assert.equal(
    printed(base + '---\nnode: {}\n'),
    `error: a second document starts here
 --> edge.yaml:4:1
  |
4 | ---
  | ^^^ one file holds one config: remove the \`---\`
`,
  );
});

test('a YAML directive', () => {
  assert.equal(
    printed(`%YAML 1.1
---
apiVersion: flexgen/v1
cluster: {facts: ./aks1.facts.yaml}
auth: {mode: bootstrap-token, token: {env: TOKEN}}
`),
    `error: YAML directives (\`%…\`) are not supported
 --> edge.yaml:1:1
  |
1 | %YAML 1.1
  | ^ remove the line
`,
  );
});

test('a byte that is no UTF-8', () => {
  assert.equal(
    printed(base + 'node: {name: "edge�01"}\n'),
    `error: the character U+FFFD (bytes that are no UTF-8) may not stand here
 --> edge.yaml:4:19
  |
4 | node: {name: "edge�01"}
  |                   ^ remove it
`,
  );
});
