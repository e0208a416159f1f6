import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { reportText } from '../../src/cli/preflight/report.ts';
import type { Finding } from '../../src/cli/preflight/run.ts';
import type { World } from '../../src/cli/world.ts';

const findings: readonly Finding[] = [
  { name: 'config', why: 'w1', outcomes: [{ state: 'ok', detail: 'good' }] },
  {
    name: 'providers',
    why: 'w2',
    outcomes: [
      { state: 'ok', detail: 'one' },
      { state: 'failed', detail: 'two', remedy: 'mend it' },
      { state: 'failed', detail: 'three\u001b[2J' },
    ],
  },
  { name: 'clock', why: 'w3', outcomes: [{ state: 'unknown', detail: 'four' }] },
];

function worldOf(isTerminal: boolean, env: World['env']): World {
  const sink = { isTerminal, write: async () => undefined };
  return { env, cwd: '/', stdout: sink, stderr: sink, stdin: () => Readable.from([]) };
}

test('colour on a terminal alone; nothing that a terminal would act on', () => {
  const green = (text: string): string => `\u001b[32m${text}\u001b[39m`;
  const red = (text: string): string => `\u001b[31m${text}\u001b[39m`;
  const expected = (ok: string, failed: string, unknown: string): string =>
    `${ok} config     good
${ok} providers  one
${failed} providers  two
             why: w2
             fix: mend it
${failed} providers  three␛[2J
${unknown} clock      four
             why: w3
`;
  const LANG = 'en_US.UTF-8';
  assert.equal(
    reportText(findings, worldOf(true, { LANG })),
    expected(green('✓'), red('✗'), '\u001b[33m?\u001b[39m'),
  );
  const plain = expected('✓', '✗', '?');
  assert.equal(reportText(findings, worldOf(false, { LANG })), plain);
  assert.equal(reportText(findings, worldOf(true, { LANG, NO_COLOR: '1' })), plain);
  const ascii = expected('ok  ', 'FAIL', '?   ').replaceAll(/^ {13}/gm, ' '.repeat(16));
  assert.equal(reportText(findings, worldOf(true, { LANG, TERM: 'dumb' })), ascii);
});
