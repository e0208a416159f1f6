import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binding } from '../../src/kubernetes/binding.ts';
import { diff } from '../../src/kubernetes/diff.ts';
import { titleOf } from '../../src/kubernetes/kinds.ts';
import type { FoundObject, WantedObject } from '../../src/kubernetes/object.ts';
import { found, group, there, user } from './literals.ts';

const subjects = [group('g'), user('u')];
const wanted = binding('flexgen:a', 'view', subjects);

function actions(object: FoundObject | undefined) {
  const { changes, foreign } = diff(
    [wanted],
    new Map(object === undefined ? [] : [[titleOf(object), object]]),
  );
  return [...changes.map(({ action }) => action), ...foreign.map(() => 'foreign')];
}

test('each state of a binding has its change', () => {
  assert.deepEqual(actions(undefined), ['create']);
  assert.deepEqual(actions(found('flexgen:a', 'view', subjects)), ['keep']);
  assert.deepEqual(actions(found('flexgen:a', 'view', subjects.toReversed())), ['keep']);
  assert.deepEqual(actions(found('flexgen:a', 'view', [group('g')])), ['change']);
  assert.deepEqual(actions(found('flexgen:a', 'view', [...subjects, user('eve')])), ['change']);
  assert.deepEqual(actions(found('flexgen:a', 'view', [group('u'), user('g')])), ['change']);
  const account = { kind: 'ServiceAccount', namespace: 'n', name: 'u' } as const;
  assert.deepEqual(actions(found('flexgen:a', 'view', [group('g'), account])), ['change']);
  assert.deepEqual(actions(found('flexgen:a', 'edit', subjects)), ['replace']);
});

test('subjects may be lacking altogether, as the API server answers for none', () => {
  const { content, ...rest } = found('flexgen:a', 'view', []);
  const { subjects: _none, ...empty } = content;
  assert.deepEqual(actions({ ...rest, content: empty }), ['change']);
});

test('what flexgen did not make is left alone, and stands in the way if it differs', () => {
  for (const labels of [{}, { 'app.kubernetes.io/managed-by': 'Helm' }]) {
    assert.deepEqual(actions(found('flexgen:a', 'view', subjects, labels)), ['keep']);
    assert.deepEqual(actions(found('flexgen:a', 'view', [], labels)), ['foreign']);
    assert.deepEqual(actions(found('flexgen:a', 'edit', subjects, labels)), ['foreign']);
  }
});

const settings = (content: object, kind: 'ConfigMap' | 'Secret' | 'DaemonSet' = 'ConfigMap') => ({
  kind,
  namespace: 'n',
  name: 'flexgen-x',
  labels: { team: 'a' },
  content: { ...content },
});

/** The fields that differ, or what else has to happen. */
function fieldsOf(object: WantedObject, seen: FoundObject): unknown {
  const { changes, foreign } = diff([object], new Map([[titleOf(object), seen]]));
  const change = changes[0];
  if (change === undefined) return foreign.length;
  return 'differences' in change ? [change.action, ...change.differences] : change.action;
}

test('a field that is set otherwise is a change, what others have added is none', () => {
  const object = settings({ data: { 'a.conf': 'x', 'b': 'y' } });
  assert.deepEqual(fieldsOf(object, there(object)), 'keep');
  const more = there(settings({ data: { 'a.conf': 'x', 'b': 'y', 'c': 'z' }, immutable: false }));
  assert.deepEqual(fieldsOf(object, more), 'keep');
  assert.deepEqual(fieldsOf(object, there(settings({ data: { 'a.conf': 'X' } }))), [
    'change',
    { path: 'data["a.conf"]', was: 'X', wanted: 'x' },
    { path: 'data.b', was: undefined, wanted: 'y' },
  ]);
  const unlabelled = there(object, { 'app.kubernetes.io/managed-by': 'flexgen' });
  assert.deepEqual(fieldsOf(object, unlabelled), [
    'change',
    { path: 'metadata.labels.team', was: undefined, wanted: 'a' },
  ]);
  assert.deepEqual(fieldsOf(object, there(object, {})), 'keep');
  assert.deepEqual(fieldsOf(object, there(settings({}), {})), 1);
});

test('lists: named items are found by their name, others are compared as a whole', () => {
  const pod = (image: string, args: readonly string[], extra: readonly object[] = []) =>
    settings(
      { spec: { template: { spec: { containers: [...extra, { name: 'main', image, args }] } } } },
      'DaemonSet',
    );
  const object = pod('a:1', ['x', 'y']);
  assert.deepEqual(fieldsOf(object, there(pod('a:1', ['x', 'y'], [{ name: 'sidecar' }]))), 'keep');
  const at = 'spec.template.spec.containers[main]';
  assert.deepEqual(fieldsOf(object, there(pod('a:2', ['y', 'x']))), [
    'change',
    { path: `${at}.image`, was: 'a:2', wanted: 'a:1' },
    { path: `${at}.args`, was: ['y', 'x'], wanted: ['x', 'y'] },
  ]);
  const none = there(settings({ spec: { template: { spec: { containers: [] } } } }, 'DaemonSet'));
  assert.deepEqual(fieldsOf(object, none), [
    'change',
    { path: at, was: undefined, wanted: { name: 'main', image: 'a:1', args: ['x', 'y'] } },
  ]);
});

test('what can’t be changed in place is made again', () => {
  const selecting = (app: string) => settings({ spec: { selector: { matchLabels: { app } } } }, 'DaemonSet');
  assert.deepEqual(fieldsOf(selecting('a'), there(selecting('b'))), [
    'replace',
    { path: 'spec.selector.matchLabels.app', was: 'b', wanted: 'a' },
  ]);
});

test('of a Secret no value is told', () => {
  const secret = (value: string) => settings({ data: { key: value } }, 'Secret');
  assert.deepEqual(fieldsOf(secret('right'), there(secret('wrong'))), [
    'change',
    { path: 'data.key', was: null, wanted: null },
  ]);
});
