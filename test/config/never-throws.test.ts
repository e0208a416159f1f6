import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatDiagnostics } from '../../src/cli/print.ts';
import { loadSpec, parseFacts } from '../../src/config/index.ts';
import { definitions } from './definitions.ts';
import { inlineBase } from './support.ts';

const seed = 20261123;

/** Loads a text as either kind of file; every answer has a place for each problem, and can be printed. */
function survives(text: string): void {
  for (const result of [loadSpec(text, 'edge.yaml', definitions), parseFacts(text, 'facts.yaml')]) {
    const diagnostics = result.ok ? result.warnings : result.errors;
    assert.equal(result.ok, !diagnostics.some(({ severity }) => severity === 'error'));
    for (const { location, code } of diagnostics)
      assert.ok(location !== undefined || code === 'config/too-many');
    const printed = formatDiagnostics(diagnostics, { color: false });
    // Nothing that moves the cursor reaches the terminal.
    assert.doesNotMatch(printed, /[^\P{Cc}\n]|[\u2028\u2029\u202a-\u202e]/u);
  }
}

/** Pieces that make YAML and this schema work hard when they are shuffled. */
const pieces = [
  'apiVersion: flexgen/v1',
  'cluster',
  'node',
  'auth',
  'network',
  'labels',
  'token',
  'kubelet',
  'facts',
  'mode',
  ': ',
  ':',
  '- ',
  '\n',
  '\n  ',
  '\n    ',
  '\t',
  '{',
  '}',
  '[',
  ']',
  ',',
  '"',
  "'",
  '|',
  '>',
  '#',
  '&a ',
  '*a',
  '!x ',
  '%',
  '?',
  '<<',
  '~',
  'null',
  '1',
  '1e999',
  '.nan',
  'true',
  '---',
  '...',
  'x',
  '__proto__',
  'constructor',
  '\\u2028',
  '\u0085',
  '\0',
  '\ufeff',
  '\ud800',
  '😀',
  'env',
  '10.0.0.0/8',
  '{env: A}',
  'bridge',
  'bootstrap-token',
  '\r',
  '@',
  '`',
];

test('random bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => survives(Buffer.from(bytes).toString('utf8'))),
    { numRuns: 500, seed },
  );
});

test('random text', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), survives), { numRuns: 500, seed });
});

test('text that looks like YAML', () => {
  const text = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join(''));
  fc.assert(fc.property(text, survives), { numRuns: 1500, seed });
});

test('a config with one piece in the wrong place', () => {
  const place = fc.nat({ max: inlineBase.length });
  fc.assert(
    fc.property(place, place, fc.constantFrom(...pieces), (from, length, piece) => {
      survives(inlineBase.slice(0, from) + piece + inlineBase.slice(from + (length % 12)));
    }),
    { numRuns: 1000, seed },
  );
});

test('any JSON value as a config and as each of its sections', () => {
  const sections = ['cluster', 'auth', 'node', 'network', 'versions', 'runtime', 'artifacts', 'proxy', 'ssh'];
  fc.assert(
    fc.property(fc.constantFrom(...sections), fc.jsonValue({ maxDepth: 4 }), (section, value) => {
      survives(JSON.stringify(value));
      survives(JSON.stringify({ apiVersion: 'flexgen/v1', [section]: value }));
      survives(
        JSON.stringify({ apiVersion: 'flexgen/v1', node: { kubelet: value, labels: value, ip: value } }),
      );
    }),
    { numRuns: 400, seed },
  );
});

const mebibyte = 1 << 20;

test('a text that is made to overrun the parser', () => {
  for (const unit of ['[', '- ', '? ', '{a: ', '&a ', '*a\n', ': ', 'a: [\n', '"', '-\t']) {
    survives(unit.repeat(mebibyte / unit.length));
  }
});

test('a billion laughs', () => {
  const lines = Array.from(
    { length: 30 },
    (_, index) => `a${index + 1}: &a${index + 1} [*a${index},*a${index}]`,
  );
  survives(`a0: &a0 lol\n${lines.join('\n')}`);
});

test('a text that is made for a regular expression to go back and forth', () => {
  for (const unit of ['a:', 'a.', 'a-', ':1', '=', '://', 'secret: ', '-----BEGIN CERTIFICATE-----']) {
    const text = JSON.stringify(unit.repeat(mebibyte / 8 / unit.length));
    survives(`node: {name: ${text}, taints: [${text}]}`);
    survives(`artifacts: {mirror: ${text}}`);
    survives(`cluster: {ca: ${text}}`);
    survives(`ssh: {authorizedKeys: [${text}]}`);
    survives(`runtime: {pauseImage: ${text}}`);
  }
});
