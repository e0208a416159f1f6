import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiServer } from '../../src/kubernetes/api-server.ts';
import { applyChange } from '../../src/kubernetes/apply.ts';
import {
  newToken,
  ownerOf,
  tokenIn,
  tokenObject,
  tokenText,
  tokenWish,
} from '../../src/kubernetes/bootstrap-token.ts';
import type { FoundObject } from '../../src/kubernetes/object.ts';
import { livingToken, readTokens, tokenChange, tokenOf } from '../../src/kubernetes/tokens.ts';
import { there } from './literals.ts';

const now = new Date('2026-11-02T10:00:00.700Z');
const hours = (count: number): Date => new Date(now.getTime() + count * 3_600_000);
const wish = tokenWish('edge-1', 86_400);

/** A token's Secret in the cluster that expires in so many hours. */
function secret(left: number, { owner: node = 'edge-1', id = 'abc123' } = {}): FoundObject {
  return there(tokenObject({ id, secret: '0123456789abcdef', expires: hours(left) }, tokenWish(node, 0)));
}

test('a token’s Secret has what the API server asks for, and no use beside it', () => {
  const { content, ...rest } = tokenObject(newToken(wish, now), wish);
  const data = Object.fromEntries(
    Object.entries(content['data'] as Record<string, string>).map(([key, value]) => [
      key,
      Buffer.from(value, 'base64').toString(),
    ]),
  );
  const { 'token-id': id, 'token-secret': value, ...others } = data;
  assert.match(`${id}.${value}`, /^[a-z0-9]{6}\.[a-z0-9]{16}$/);
  assert.deepEqual(others, {
    'expiration': '2026-11-03T10:00:00Z',
    'usage-bootstrap-authentication': 'true',
    'auth-extra-groups': 'system:bootstrappers:flexgen,system:bootstrappers:flexgen:node:edge-1',
    'description': 'made by flexgen for edge-1',
  });
  assert.deepEqual(
    [content['type'], rest],
    [
      'bootstrap.kubernetes.io/token',
      {
        kind: 'Secret',
        namespace: 'kube-system',
        name: `bootstrap-token-${id}`,
        labels: { 'app.kubernetes.io/instance': 'edge-1' },
      },
    ],
  );
});

test('every character of the alphabet is drawn, and no token twice', () => {
  const tokens = Array.from({ length: 200 }, () => tokenText(newToken(wish, now)));
  assert.equal(new Set(tokens).size, 200);
  assert.equal(new Set(tokens.join('').replaceAll('.', '')).size, 36);
});

test('owners are labels', () => {
  assert.equal(ownerOf(null), 'shared');
  assert.equal(ownerOf('edge-1.corp.example'), 'edge-1.corp.example');
  const hash = /^[0-9a-f]{40}$/;
  assert.match(ownerOf('a'.repeat(64)), hash);
  assert.match(ownerOf('shared'), hash);
  assert.notEqual(ownerOf('a'.repeat(64)), ownerOf('a'.repeat(65)));
});

test('a token is bound to its node by a group, unless it is for many or a group can’t say so', () => {
  // Bootstrap tokens’ groups have no dots.
  const form = /^system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]$/;
  for (const name of ['edge-1', 'edge-1.corp.example', 'a'.repeat(63)]) {
    const { group } = tokenWish(name, 600);
    assert.match(group ?? '', form);
    assert.equal(group?.split(':node:')[1]?.replaceAll(':', '.'), name);
  }
  assert.equal(tokenWish(null, 600).group, null);
  assert.equal(tokenWish('a'.repeat(64), 600).group, null);
});

test('a token is used again while half of its life is left', () => {
  const living = (...secrets: FoundObject[]) => livingToken(secrets, wish, now)?.secret.name;
  const name = 'bootstrap-token-abc123';
  assert.equal(living(), undefined);
  assert.equal(living(secret(24)), name);
  assert.equal(living(secret(12.1)), name);
  assert.equal(living(secret(11.9)), undefined);
  assert.equal(living(secret(-1)), undefined);
  // Longer than the config allows: from a longer `ttl`, or tampered with.
  assert.equal(living(secret(25)), undefined);
  assert.equal(living(secret(20, { owner: 'edge-2' })), undefined);
  assert.equal(living(secret(13, { id: 'other1' }), secret(20), secret(14, { id: 'other2' })), name);
});

test('what is no token is not used', () => {
  const { content, ...rest } = secret(20);
  const data = content['data'] as Record<string, string>;
  const wrong = (change: Record<string, string | undefined>) =>
    tokenIn({ ...rest, content: { ...content, data: { ...data, ...change } } });
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  assert.notEqual(wrong({}), null);
  for (const change of [
    { 'token-id': base64('abc124') },
    { 'token-secret': base64('short') },
    { 'token-secret': undefined },
    { expiration: base64('soon') },
    { expiration: undefined },
  ]) {
    assert.equal(wrong(change), null);
  }
});

test('a plan keeps the living token, repairs it, or makes one', () => {
  const kept = tokenChange([secret(20)], wish, now);
  assert.equal(kept.action, 'keep');
  assert.equal(tokenOf([kept]), 'abc123.0123456789abcdef');

  const { content, ...rest } = secret(20);
  const groups = Buffer.from('system:bootstrappers:eve').toString('base64');
  const data = { ...(content['data'] as object), 'auth-extra-groups': groups };
  const repaired = tokenChange([{ ...rest, content: { ...content, data } }], wish, now);
  assert.deepEqual('differences' in repaired && [repaired.action, repaired.differences], [
    'change',
    [{ path: 'data.auth-extra-groups', was: null, wanted: null }],
  ]);

  const made = tokenChange([secret(1)], wish, now);
  assert.equal(made.action, 'create');
  assert.match(tokenOf([made]) ?? '', /^[a-z0-9]{6}\.[a-z0-9]{16}$/);
  assert.equal(tokenOf([]), null);
});

/** An API server that has these Secrets and keeps what it is given. */
function clusterWith(...secrets: FoundObject[]): ApiServer & { readonly calls: string[] } {
  const calls: string[] = [];
  const items: unknown[] = secrets.map(({ name, namespace, uid, resourceVersion, labels, content }) => ({
    metadata: { name, namespace, uid, resourceVersion, labels },
    ...content,
  }));
  return {
    server: 'https://a',
    time: () => null,
    calls,
    async call({ verb, path, body }) {
      calls.push(`${verb} ${path}`);
      if (verb === 'list') return { items };
      items.push(body);
      return body;
    },
  };
}

const list =
  'list /api/v1/namespaces/kube-system/secrets?labelSelector=app.kubernetes.io%2Fmanaged-by%3Dflexgen';

test('a token is made once, and then is there', async () => {
  const api = clusterWith(secret(2), secret(20, { owner: 'edge-2', id: 'other1' }));
  const made = tokenChange(await readTokens(api), wish, now);
  await applyChange(api, made);
  const id = tokenOf([made])?.split('.')[0];
  const kept = tokenChange(await readTokens(api), wish, hours(1));
  assert.deepEqual([kept.action, tokenOf([kept])], ['keep', tokenOf([made])]);
  const { expires } = ('wanted' in kept ? tokenIn(kept.wanted) : null) ?? {};
  assert.deepEqual(expires, new Date('2026-11-03T10:00:00Z'));
  assert.deepEqual(api.calls, [
    list,
    `patch /api/v1/namespaces/kube-system/secrets/bootstrap-token-${id}?fieldManager=flexgen&fieldValidation=Strict`,
    list,
  ]);
});
