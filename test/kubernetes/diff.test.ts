import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binding } from '../../src/kubernetes/binding.ts';
import { diff } from '../../src/kubernetes/diff.ts';
import { titleOf } from '../../src/kubernetes/kinds.ts';
import { isOurs } from '../../src/kubernetes/object.ts';
import type { FoundObject } from '../../src/kubernetes/object.ts';
import { removal } from '../../src/kubernetes/removal.ts';
import { found, group, user } from './literals.ts';

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

const grants = { wanted: [], own: ['flexgen:x:one', 'flexgen:y:one'], unwanted: null };
const removed = (...bindings: FoundObject[]) =>
  removal(grants, bindings.filter(isOurs)).map((change) => 'found' in change && change.found.name);
const one = found('flexgen:x:one', 'view', []);
const other = found('flexgen:x:two', 'view', []);
const shared = found('flexgen:selfnodeclient', 'view', []);

test('remove takes the identity’s own, and what all share with the last of them', () => {
  assert.deepEqual(removed(), []);
  assert.deepEqual(removed(one, shared), ['flexgen:x:one', 'flexgen:selfnodeclient']);
  assert.deepEqual(removed(one, other, shared), ['flexgen:x:one']);
  assert.deepEqual(removed(other, shared), []);
});

test('remove leaves what has our label under a name that is not ours, or our name without the label', () => {
  assert.deepEqual(removed(found('someone:else', 'view', []), shared), ['flexgen:selfnodeclient']);
  assert.deepEqual(removed(found('flexgen:x:one', 'view', [], {})), []);
});
