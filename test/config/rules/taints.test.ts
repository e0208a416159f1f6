import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTaint } from '../../../src/config/values/taint.ts';
import { base, diagnose, problemsOf } from '../support.ts';

const messageOf = (taint: string) =>
  diagnose(`${base}node: {taints: [${JSON.stringify(taint)}]}`).map(
    ({ message, hint }) => `${message}; ${hint ?? ''}`,
  );

test('taints with and without a value', () => {
  assert.deepEqual(parseTaint('dedicated=edge:NoSchedule'), {
    key: 'dedicated',
    value: 'edge',
    effect: 'NoSchedule',
  });
  assert.deepEqual(parseTaint('example.com/a:NoExecute'), {
    key: 'example.com/a',
    value: '',
    effect: 'NoExecute',
  });
  assert.deepEqual(parseTaint('a=:PreferNoSchedule'), { key: 'a', value: '', effect: 'PreferNoSchedule' });
});

test('what is wrong with a taint', () => {
  const effects = 'one of `NoSchedule`, `PreferNoSchedule` or `NoExecute`';
  const syntax =
    'letters, digits, `-`, `_` and `.`, with a letter or digit at both ends; at most 63 characters';
  assert.deepEqual(messageOf('a'), [`this taint has no effect; add ${effects}, e.g. \`a:NoSchedule\``]);
  assert.deepEqual(messageOf('a=b'), [`this taint has no effect; add ${effects}, e.g. \`a=b:NoSchedule\``]);
  assert.deepEqual(messageOf('a:noschedule'), [
    `this taint’s effect is not known; did you mean \`NoSchedule\`? ${effects}`,
  ]);
  assert.deepEqual(messageOf('a:Never'), [`this taint’s effect is not known; ${effects}`]);
  assert.deepEqual(messageOf('a b:NoSchedule'), [`this taint’s key is not valid; ${syntax}`]);
  assert.deepEqual(messageOf('a=b c:NoSchedule'), [`this taint’s value is not valid; ${syntax}`]);
  assert.deepEqual(messageOf('a:b:NoSchedule'), [
    'this is not a taint; write `key=value:Effect` or `key:Effect`',
  ]);
});

test('one key has an effect once', () => {
  assert.deepEqual(
    problemsOf('node:\n  taints:\n    - a=1:NoSchedule\n    - a=1:NoExecute\n    - a=2:NoSchedule\n'),
    [
      '8:7 error config/taint: the taint `a:NoSchedule` stands here twice (keep one; the first is node.taints[0])',
    ],
  );
});
