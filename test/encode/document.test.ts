import assert from 'node:assert/strict';
import test from 'node:test';
import { parse } from 'yaml';
import { yamlDocument, yamlLines, yamlList } from '../../src/encode/document.ts';
import { lacks } from './reader.ts';
import { readPyYaml } from './pyyaml.ts';
import { samples } from './samples.ts';

test('a document is compact, ordered, and shows scripts line by line', () => {
  const shared = ['a'];
  const document = {
    write_files: [
      { path: '/b', permissions: '0755', content: '#!/bin/sh\nif true; then\n\techo "a: b" # c\nfi\n' },
      { path: '/a', content: '  indented\nno line break at the end' },
    ],
    runcmd: [['systemctl', 'enable', '--now'], shared, shared],
    manage_etc_hosts: true,
  };
  assert.equal(
    yamlDocument(document),
    `write_files:
-
 path: /b
 permissions: '0755'
 content: |
  #!/bin/sh
  if true; then
  \techo "a: b" # c
  fi
-
 path: /a
 content: |1-
    indented
  no line break at the end
runcmd:
-
 - systemctl
 - enable
 - --now
-
 - a
-
 - a
manage_etc_hosts: true
`,
  );
});

/** Each string as an item, a value, a key, and as a text of several lines. */
function documentOf(values: readonly string[]): unknown {
  return values.map((value) => ({
    value,
    list: [value, [value]],
    [`k${value}`]: 1,
    lines: `${value}\n${value}\n`,
    last: `x\n${value}`,
  }));
}

test('YAML 1.2 reads every string of a document back', () => {
  for (const value of samples()) {
    const document = documentOf([value]);
    assert.deepEqual(parse(yamlDocument(document)), document, JSON.stringify(value));
  }
});

test('PyYAML reads every string of a document back', (t) => {
  const values = samples();
  const got = readPyYaml(yamlDocument(documentOf(values)));
  if (got === undefined) return lacks(t, 'PyYAML');
  for (const [index, value] of values.entries()) {
    assert.deepEqual([got[index]], documentOf([value]), JSON.stringify(value));
  }
});

const entries = [{ content: 'ends with two line breaks\n\n' }, { content: '...\n' }, { content: 'x\n\n\n' }];

test('a document that ends with empty lines may stand before more of the same', () => {
  assert.deepEqual(parse(yamlList(entries)), entries);
  assert.deepEqual(parse(yamlDocument(entries[0]) + yamlDocument({ next: 1 })), { ...entries[0], next: 1 });
  assert.equal(yamlDocument(entries[2]), 'content: |+\n x\n\n\n');
});

test('PyYAML reads a list that was put together', (t) => {
  const got = readPyYaml(yamlList(entries));
  if (got === undefined) return lacks(t, 'PyYAML');
  assert.deepEqual(got, entries);
});

test('PyYAML reads the JSON of a mapping’s lines back', (t) => {
  const values = samples();
  const got = readPyYaml(values.map((value) => `- ${yamlLines({ value })}`).join(''));
  if (got === undefined) return lacks(t, 'PyYAML');
  for (const [index, value] of values.entries()) assert.deepEqual(got[index], { value });
});

test('no block begins with a tab: kubelet’s reader takes it for an indentation', () => {
  for (const text of ['\ta\nb\n', '\n\ta\n', ' \n \ta\n']) {
    const document = yamlDocument({ text });
    assert.doesNotMatch(document, /^text: [|]/);
    assert.deepEqual(parse(document), { text });
  }
});
