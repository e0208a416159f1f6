import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnosticsAsJson, formatDiagnostics } from '../../src/cli/print.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';

const plain = { color: false };

/** A problem of what stands between « and » in a line. */
function at(marked: string, rest: Partial<Diagnostic> = {}): Diagnostic {
  const [before = '', place = '', after = ''] = marked.split(/[«»]/);
  const location = {
    file: 'edge.yaml',
    line: 12,
    column: before.length + 1,
    length: place.length,
    text: before + place + after,
  };
  return { severity: 'error', code: 'test/it', message: 'this is wrong', location, ...rest };
}

const shown = (...diagnostics: Diagnostic[]): string => formatDiagnostics(diagnostics, plain);

/** The source line and the line of carets. */
const excerpt = (marked: string): string[] => shown(at(marked)).split('\n').slice(3, 5);

test('nothing is nothing', () => {
  assert.equal(shown(), '');
  assert.equal(diagnosticsAsJson([]), '[]\n');
});

test('a problem without a place', () => {
  const nowhere: Diagnostic = { severity: 'warning', code: 'test/it', message: 'late' };
  assert.equal(shown(nowhere), 'warning: late\n');
  assert.equal(
    shown({ ...nowhere, path: 'node.name', hint: 'be early' }),
    'warning: late\n  at node.name\n  be early\n',
  );
});

test('an empty line is between two problems', () => {
  assert.equal(
    shown(at('a: «b»', { hint: 'write c' }), at('a: «b»', { hint: 'c'.repeat(100) })),
    `error: this is wrong
  --> edge.yaml:12:4
   |
12 | a: b
   |    ^ write c

error: this is wrong
  --> edge.yaml:12:4
   |
12 | a: b
   |    ^
   = ${'c'.repeat(100)}
`,
  );
});

test('the caret stands below its character, whatever their widths', () => {
  assert.deepEqual(excerpt('é: «日本» 😀'), ['12 | é: 日本 😀', '   |    ^^^^']);
  assert.deepEqual(excerpt('日本: «😀»'), ['12 | 日本: 😀', '   |       ^^']);
  assert.deepEqual(excerpt('\t«a»'), ['12 |     a', '   |     ^']);
  assert.deepEqual(excerpt('e\u0301: «a»'), ['12 | e\u0301: a', '   |    ^']);
  assert.deepEqual(excerpt('a: b«»'), ['12 | a: b', '   |     ^']);
});

test('what would move the cursor or turn the text is a picture', () => {
  assert.deepEqual(excerpt('a: «\u001b[31m\0\u009b\u202e\r»'), ['12 | a: ␛[31m␀��␍', '   |    ^^^^^^^^^']);
});

test('of a long line the part around the place is shown', () => {
  const [line = '', carets = ''] = excerpt(`${'a'.repeat(200)}«bad»${'c'.repeat(200)}`);
  assert.equal(line, `12 | …${'a'.repeat(30)}bad${'c'.repeat(66)}…`);
  assert.equal(carets, `   | ${' '.repeat(31)}^^^`);
});

test('JSON for programs can stand on a terminal', () => {
  const json = diagnosticsAsJson([{ severity: 'error', code: 'test/it', message: 'a\u009b\u2028\u001bb' }]);
  assert.doesNotMatch(json, /[^\P{Cc}\n]|\u2028/u);
  assert.deepEqual(JSON.parse(json), [
    { severity: 'error', code: 'test/it', message: 'a\u009b\u2028\u001bb' },
  ]);
});
