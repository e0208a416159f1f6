import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokenObject } from '../../src/kubernetes/bootstrap-token.ts';
import { isOurs } from '../../src/kubernetes/object.ts';
import type { FoundObject } from '../../src/kubernetes/object.ts';
import { removal } from '../../src/kubernetes/removal.ts';
import { identityPolicy, nodeLabel, tokenPolicy } from '../../src/kubernetes/request-policy/index.ts';
import { nvidiaClass } from '../../src/kubernetes/runtime-class.ts';
import type { Wish } from '../../src/kubernetes/wish.ts';
import { found, there } from './literals.ts';

const now = new Date('2026-11-02T10:00:00Z');
const grants = { wanted: [], own: ['flexgen:x:one', 'flexgen:y:one'], unwanted: null, owner: null };
const principal = {
  grants,
  token: null,
  policies: [],
  joinsWithTokens: false,
  kubeProxy: [],
  runtimeClasses: [],
};
const joining = {
  ...principal,
  token: { owner: 'me', group: null, ttlSeconds: 3600 },
  joinsWithTokens: true,
};

const one = found('flexgen:x:one', 'view', []);
const other = found('flexgen:x:two', 'view', []);
const shared = found('flexgen:selfnodeclient', 'view', []);
const proxyBinding = found('flexgen:kube-proxy', 'view', []);
const name = 'flexgen-kube-proxy';
const daemonSet = there({ kind: 'DaemonSet', namespace: 'n', name, labels: {}, content: {} });

function token(id: string, owner: string, left: number): FoundObject {
  const expires = new Date(now.getTime() + left * 1000);
  return there(tokenObject({ id, secret: '0123456789abcdef', expires }, { owner, group: null }));
}

function removed(wish: Wish, ...made: FoundObject[]) {
  return removedBeside(0, wish, ...made);
}

function removedBeside(nodes: number, wish: Wish, ...made: FoundObject[]) {
  const ours = made.filter(isOurs);
  const of = (...kinds: string[]) => ours.filter(({ kind }) => kinds.includes(kind));
  const parts = {
    nodes,
    bindings: of('ClusterRoleBinding'),
    tokens: of('Secret'),
    kubeProxy: of('DaemonSet'),
    runtimeClasses: of('RuntimeClass'),
    policies: of('ValidatingAdmissionPolicyBinding', 'ValidatingAdmissionPolicy'),
  };
  return removal([wish], parts, now).map((change) => 'found' in change && change.found.name);
}

test('remove takes the identity’s own, and what all share with the last of them', () => {
  assert.deepEqual(removed(principal), []);
  assert.deepEqual(removed(principal, one, shared), ['flexgen:x:one', 'flexgen:selfnodeclient']);
  assert.deepEqual(removed(principal, one, other, shared), ['flexgen:x:one']);
  assert.deepEqual(removed(principal, other, shared), []);
});

test('nodes that are there go on renewing their certificates, until they are gone', () => {
  assert.deepEqual(removedBeside(1, principal, one, shared), ['flexgen:x:one']);
  assert.deepEqual(removedBeside(1, principal, shared), []);
  assert.deepEqual(removed(principal, shared), ['flexgen:selfnodeclient']);
});

test('remove finds what was an identity’s own by its mark, once nobody knows who it was', () => {
  const gone = { ...principal, grants: { ...grants, own: [], owner: 'me' } };
  const mine = { ...one, labels: { ...one.labels, 'app.kubernetes.io/instance': 'me' } };
  const yours = { ...other, labels: { ...other.labels, 'app.kubernetes.io/instance': 'you' } };
  assert.deepEqual(removed(gone, mine, yours, shared), ['flexgen:x:one']);
  assert.deepEqual(removed(gone, mine, shared), ['flexgen:x:one', 'flexgen:selfnodeclient']);
});

test('remove leaves what has our label under a name that is not ours, or our name without the label', () => {
  assert.deepEqual(removed(principal, found('someone:else', 'view', []), shared), ['flexgen:selfnodeclient']);
  assert.deepEqual(removed(principal, found('flexgen:x:one', 'view', [], {})), []);
});

test('kube-proxy goes with the last, and its binding after it', () => {
  assert.deepEqual(removed(principal, one, proxyBinding, daemonSet), [
    name,
    'flexgen:x:one',
    'flexgen:kube-proxy',
  ]);
  assert.deepEqual(removed(principal, one, other, proxyBinding, daemonSet), ['flexgen:x:one']);
});

test('the RuntimeClass goes with the last, whichever config wanted it', () => {
  const nvidia = there(nvidiaClass);
  assert.deepEqual(removed(principal, one, nvidia), ['nvidia', 'flexgen:x:one']);
  assert.deepEqual(removed(principal, one, other, nvidia), ['flexgen:x:one']);
});

test('a config’s own tokens go, the bindings that another’s token needs stay', () => {
  const mine = token('mine11', 'me', 60);
  assert.deepEqual(removed(joining, mine, one, shared), [mine.name, one.name, shared.name]);
  assert.deepEqual(removed(joining, mine, token('yours1', 'you', 60), one, shared), [mine.name]);
  assert.deepEqual(removed(joining, token('yours1', 'you', -60), one, shared), [one.name, shared.name]);
  // So does what keeps tokens to their nodes.
  const [policy, bound] = tokenPolicy.map((object) => there(object));
  assert.ok(policy && bound);
  assert.deepEqual(removed(joining, mine, token('yours1', 'you', 60), policy, bound, one), [mine.name]);
  assert.deepEqual(removed(joining, mine, other, policy, bound, one), [
    mine.name,
    one.name,
    policy.name,
    bound.name,
  ]);
  assert.deepEqual(removed(principal, policy, bound, one, other), [one.name]);
  // Who was given a token made none.
  assert.deepEqual(removed({ ...joining, token: null }, mine, one, shared), []);
  assert.deepEqual(removed({ ...joining, token: null }, one, shared), [one.name, shared.name]);
});

test('what keeps identities to their nodes goes with the last that is one node’s', () => {
  const policies = identityPolicy.map((object) => there(object));
  const names = policies.map((policy) => policy.name);
  const bound = (binding: FoundObject) => ({
    ...binding,
    labels: { ...binding.labels, [nodeLabel]: 'edge' },
  });
  assert.deepEqual(removed(principal, bound(one), bound(other), ...policies), [one.name]);
  assert.deepEqual(removed(principal, bound(one), other, ...policies), [one.name, ...names]);
  assert.deepEqual(removed(principal, bound(one), ...policies), [one.name, ...names]);
  assert.deepEqual(removed(joining, one, bound(other), ...policies), [one.name]);
});
