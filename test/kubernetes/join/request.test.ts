import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { commonNameOf } from '../../../src/kubernetes/join/common-name.ts';
import { nodeRequest } from '../../../src/kubernetes/join/request.ts';
import { lacks, read } from '../../encode/reader.ts';

const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** A certificate signing request by openssl, or undefined where there is none. */
const requestFor = (subject: string): string | undefined =>
  read('openssl', ['req', '-new', ...curve, '-keyout', '/dev/null', '-subj', subject]);

const pem = requestFor('/O=system:nodes/CN=system:node:edge-01');

test('the common name of a request, wherever in the subject it stands', (t) => {
  if (pem === undefined) return lacks(t, 'openssl');
  assert.equal(commonNameOf(pem), 'system:node:edge-01');
  assert.equal(
    commonNameOf(askedFor(`/CN=${'n'.repeat(64)}/O=${'o'.repeat(64)}/OU=${'u'.repeat(64)}`)),
    'n'.repeat(64),
  );
  assert.equal(commonNameOf(askedFor('/O=system:nodes')), null);
});

test('what is no request, or a part of one, has no common name and does no harm', (t) => {
  if (pem === undefined) return lacks(t, 'openssl');
  for (const text of ['', 'a', '-----BEGIN CERTIFICATE REQUEST-----\n-----END CERTIFICATE REQUEST-----'])
    assert.equal(commonNameOf(text), null);
  const der = Buffer.from(pem.replaceAll(/-----.*-----/g, ''), 'base64');
  const armoured = (bytes: Uint8Array): string =>
    `-----BEGIN CERTIFICATE REQUEST-----\n${Buffer.from(bytes).toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`;
  for (let length = 0; length < der.length; length++) commonNameOf(armoured(der.subarray(0, length)));
  fc.assert(
    fc.property(fc.nat(der.length - 1), fc.nat(255), (at, byte) => {
      const changed = Buffer.from(der);
      changed[at] = byte;
      commonNameOf(armoured(changed));
    }),
  );
});

/** The same where openssl is known to be there. */
const askedFor = (subject: string): string => requestFor(subject) ?? '';

const object = (spec: object, status: object = {}) => ({
  metadata: { name: 'csr-1', creationTimestamp: '2026-11-25T10:00:00Z' },
  spec: {
    signerName: 'kubernetes.io/kube-apiserver-client-kubelet',
    request: Buffer.from(pem ?? '').toString('base64'),
    username: 'system:bootstrap:abcdef',
    groups: ['system:bootstrappers'],
    ...spec,
  },
  status,
});

test('how far a request has come', (t) => {
  if (pem === undefined) return lacks(t, 'openssl');
  const stateOf = (status: object) => nodeRequest(object({}, status))?.state;
  assert.equal(stateOf({}), 'pending');
  assert.equal(stateOf({ conditions: [{ type: 'Approved' }] }), 'approved');
  assert.equal(stateOf({ conditions: [{ type: 'Approved' }], certificate: 'AAAA' }), 'issued');
  const failed = nodeRequest(
    object({}, { conditions: [{ type: 'Approved' }, { type: 'Failed', reason: 'BadKey' }] }),
  );
  assert.deepEqual([failed?.state, failed?.message], ['failed', 'BadKey']);
  const denied = nodeRequest(
    object({}, { conditions: [{ type: 'Denied', reason: 'No', message: 'never' }] }),
  );
  assert.deepEqual([denied?.state, denied?.message, denied?.node], ['denied', 'never', 'edge-01']);
});

test('requests of others', (t) => {
  if (pem === undefined) return lacks(t, 'openssl');
  assert.equal(nodeRequest(object({ signerName: 'kubernetes.io/kubelet-serving' })), null);
  assert.equal(nodeRequest(object({ request: Buffer.from(askedFor('/CN=ann')).toString('base64') })), null);
  assert.equal(nodeRequest({}), null);
});
