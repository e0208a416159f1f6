import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networkProblem } from '../../src/kubernetes/network-problem.ts';
import { statusProblem } from '../../src/kubernetes/status-problem.ts';

const failure = (code: string) => Object.assign(new Error('words of the system'), { code });
const said = (error: unknown): string | undefined => networkProblem(error, 'https://a:1')?.message;

test('what the network says is put in words', () => {
  const start = 'can’t use the API server at https://a:1: ';
  for (const [error, what] of [
    [failure('ECONNREFUSED'), 'nothing listens there'],
    [failure('ENOTFOUND'), 'its name is unknown here'],
    [new AggregateError([failure('EHOSTUNREACH'), failure('ENETUNREACH')]), 'there is no way to it'],
    [new DOMException('timed out', 'TimeoutError'), 'it does not answer'],
    [failure('SELF_SIGNED_CERT_IN_CHAIN'), 'its certificate is not signed by the config’s `cluster.ca`'],
    [failure('ERR_TLS_CERT_ALTNAME_INVALID'), 'its certificate is for another name'],
  ] as const) {
    assert.equal(said(error), start + what);
  }
});

test('what nobody can explain goes up', () => {
  assert.equal(said(new TypeError('a bug')), undefined);
  assert.equal(said(failure('EMFILE')), undefined);
});

test('a 403 names who may not do what', () => {
  const refusal = { status: 403, verb: 'patch', resource: 'clusterrolebindings', signIn: '' };
  const message = (text: string) => statusProblem({ ...refusal, message: text }).message;
  assert.equal(
    message('clusterrolebindings.rbac… is forbidden: User "ann" cannot patch resource "clusterrolebindings"'),
    'ann may not patch clusterrolebindings (403)',
  );
  assert.equal(
    message(
      '… is forbidden: user "ann" (groups=["x"]) is attempting to grant RBAC permissions not currently held:',
    ),
    'ann may write clusterrolebindings but not grant what you don’t have yourself (403)',
  );
  assert.equal(message(''), 'you may not patch clusterrolebindings (403)');
});
