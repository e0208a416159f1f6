import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseEntry } from '../../src/kubernetes/kubeconfig.ts';

const context = (name: string) => ({ name, context: { cluster: name, user: name } });
const cluster = (name: string, server: string) => ({ name, cluster: { server } });
const user = (name: string) => ({ name, user: { token: `t0ken-of-${name}` } });
const server = 'https://aks1.example:443';

const text = (current: string, servers: Readonly<Record<string, string>>): string =>
  JSON.stringify({
    'contexts': Object.keys(servers).map(context),
    'clusters': Object.entries(servers).map(([name, url]) => cluster(name, url)),
    'users': Object.keys(servers).map(user),
    'current-context': current,
  });

/** What comes of it in one line. */
function choose(texts: readonly string[], wish: { context?: string; byHand?: boolean } = {}): string {
  const files = texts.map((it, index) => ({ path: `/k/${index}`, text: it }));
  const chosen = chooseEntry(files, { server, context: wish.context, byHand: wish.byHand ?? false });
  if (!chosen.ok) return chosen.errors.map(({ message, hint }) => `${message} | ${hint}`).join();
  const { context: name, user: who } = chosen.value;
  return [`${name} as ${who.token}`, ...chosen.warnings.map(({ message }) => message)].join(' | ');
}

test('the current context is taken where it reaches the config’s cluster', () => {
  assert.equal(choose([text('a', { a: 'https://AKS1.example' })]), 'a as t0ken-of-a');
  assert.equal(choose([text('a', { a: `${server}/` })]), 'a as t0ken-of-a');
});

test('files are merged, and the first that has a name wins', () => {
  const first = text('a', { a: server });
  const second = text('b', { a: 'https://other.example', b: server });
  assert.equal(choose([first, second]), 'a as t0ken-of-a');
  assert.equal(choose([first, second], { context: 'b', byHand: true }), 'b as t0ken-of-b');
});

test('another cluster is refused, and the right context named where there is one', () => {
  const other = 'https://other.example';
  const says = `context \`a\` reaches ${other}, the config’s cluster is ${server}`;
  assert.equal(
    choose([text('a', { a: other })]),
    `${says} | get its kubeconfig with \`az aks get-credentials\`, or name the one that reaches it: \`--kubeconfig FILE\``,
  );
  assert.equal(
    choose([text('a', { a: other, b: server })]),
    `${says} | \`--context b\` is the config’s cluster`,
  );
  assert.equal(choose([text('a', { a: other })], { byHand: true }), `a as t0ken-of-a | ${says}`);
  const port = server.replace('443', '444');
  assert.match(choose([text('a', { a: port })]), /^context `a` reaches https:\/\/aks1.example:444/);
});

test('a kubeconfig that can’t be used says why, and shows nothing of itself', () => {
  const lacking = JSON.stringify({
    'contexts': [context('a')],
    'users': [user('a')],
    'current-context': 'a',
  });
  for (const [texts, said] of [
    [[], /^there is no kubeconfig \|/],
    [[''], /^\/k\/0 is not a kubeconfig \|/],
    [['token: "t0ken\n'], /^\/k\/0 is not a kubeconfig \|/],
    [['{}'], /^the kubeconfig has no current context \| .*: none$/],
    [[text('', { a: server, b: server })], /^the kubeconfig has no current context \| .*: a, b$/],
    [[text('c', { a: server })], /^the kubeconfig has no context `c` \| it has: a$/],
    [[lacking], /^the kubeconfig’s context `a` names the cluster `a`, which it doesn’t have/],
    [[text('a', { a: 'http://aks1.example' })], /^the API server of context `a` is not an https URL/],
  ] as const) {
    const message = choose(texts);
    assert.match(message, said);
    assert.doesNotMatch(message, /t0ken/);
  }
});
