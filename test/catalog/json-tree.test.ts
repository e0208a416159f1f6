import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { JsonSyntaxError, parseJsonTree } from '../../src/catalog/json-tree.ts';
import type { JsonNode } from '../../src/catalog/json-tree.ts';

function valueOf(node: JsonNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'array') return node.items.map(valueOf);
  return Object.fromEntries(node.members.map(({ key, value }) => [key, valueOf(value)]));
}

/** What a reader makes of a text: its value as JSON, or that it is none. */
function outcome(read: (text: string) => unknown, text: string): string {
  try {
    return JSON.stringify(read(text));
  } catch (error) {
    assert.ok(error instanceof SyntaxError || error instanceof JsonSyntaxError);
    return 'not JSON';
  }
}

test('random JSON reads as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      assert.deepEqual(valueOf(parseJsonTree(text)), JSON.parse(text));
    }),
  );
});

test('damaged JSON is taken or refused as JSON.parse does', () => {
  const characters = '{}[]",:\\\'\n\u0000 -+.0e1tnu'.split('');
  const damage = fc.constantFrom(...characters, '\uFEFF', '\u2028', '//', '\\u00', 'null');
  fc.assert(
    fc.property(fc.json({ maxDepth: 3 }), fc.nat(), fc.nat(2), damage, (json, seed, removed, inserted) => {
      const at = seed % (json.length + 1);
      const text = json.slice(0, at) + inserted + json.slice(at + removed);
      assert.equal(
        outcome((t) => valueOf(parseJsonTree(t)), text),
        outcome((t) => JSON.parse(t), text),
      );
    }),
    { numRuns: 2000 },
  );
});

test('each value knows where it stands', () => {
  const text = '{ "a": [1, "x\\n"] }';
  const root = parseJsonTree(text);
  assert.ok(root.kind === 'object');
  const [member] = root.members;
  assert.ok(member?.value.kind === 'array');
  const spans = [root, member.keySpan, member.value, ...member.value.items];
  assert.deepEqual(
    spans.map(({ start, end }) => text.slice(start, end)),
    [text, '"a"', '[1, "x\\n"]', '1', '"x\\n"'],
  );
});

test('duplicate keys are both there', () => {
  const root = parseJsonTree('{"a":1,"a":2}');
  assert.equal(root.kind === 'object' && root.members.length, 2);
});

for (const [text, message, start] of [
  ['{"a" 1}', 'expected ":" but found "1"', 5],
  ['[1 2]', 'expected "," or "]" but found "2"', 3],
  ['[1,]', 'expected a value but found "]"', 3],
  ['{"a":1,}', 'expected a key in double quotes but found "}"', 7],
  ['\uFEFF{}', 'expected a value but found U+FEFF', 0],
  ['{} x', 'expected the end of the file but found "x"', 3],
  ['["abc', 'a string does not end on its line', 1],
  ['["a\nb"]', 'a string does not end on its line', 1],
  ['["\\x"]', 'a string holds a bad escape or a control character', 1],
  ['["\t"]', 'a string holds a bad escape or a control character', 1],
  ['['.repeat(100_000), 'nested too deep', 65],
] as const) {
  test(`${JSON.stringify(text.slice(0, 12))}: ${message}`, () => {
    assert.throws(
      () => parseJsonTree(text),
      (error) => error instanceof JsonSyntaxError && error.message === message && error.start === start,
    );
  });
}
