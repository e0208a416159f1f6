import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inlineProblemsOf, problemsOf } from '../support.ts';

const fields = (kubelet: string, more = '') => inlineProblemsOf(`node: {kubelet: ${kubelet}${more}}\n`);

test('fields of every type', () => {
  assert.deepEqual(
    fields(`{imageGCHighThresholdPercent: 70, syncFrequency: 1m30s, failSwapOn: true, clusterDNS: [10.0.0.10], evictionHard:
      {memory.available: 100Mi}, kubeReserved: {cpu: 100m}, logging: {verbosity: 3}, tlsCipherSuites: []}`),
    [],
  );
});

test('unknown fields, at any depth', () => {
  assert.deepEqual(fields('{imageGcHighThresholdPercent: 70, logging: {verbose: 3}, zzzzzzzz: 1}'), [
    '10:18 error config/kubelet-field: kubelet 1.36 has no field `imageGcHighThresholdPercent` (did you mean `imageGCHighThresholdPercent`?)',
    '10:61 error config/kubelet-field: kubelet 1.36 has no field `verbose` here (did you mean `verbosity`?)',
    '10:74 error config/kubelet-field: kubelet 1.36 has no field `zzzzzzzz` (see `kubectl explain` or the reference of KubeletConfiguration v1beta1)',
  ]);
});

test('values of the wrong type', () => {
  assert.deepEqual(
    fields(
      '{podPidsLimit: "1", failSwapOn: 1, clusterDomain: 1, clusterDNS: x, syncFrequency: 60, logging: 1, evictionHard: {a: 1}}',
    ),
    [
      '10:32 error config/kubelet-field: kubelet’s `podPidsLimit` must be a whole number',
      '10:49 error config/kubelet-field: kubelet’s `failSwapOn` must be `true` or `false`',
      '10:67 error config/kubelet-field: kubelet’s `clusterDomain` must be a string (put it in quotes)',
      '10:82 error config/kubelet-field: kubelet’s `clusterDNS` must be a list',
      '10:100 error config/kubelet-field: kubelet’s `syncFrequency` must be a duration like `10s` or `1h30m`',
      '10:113 error config/kubelet-field: kubelet’s `logging` must be a map',
      '10:134 error config/kubelet-field: kubelet’s `a` must be a string (put it in quotes)',
    ],
  );
});

test('a field of a later kubelet', () => {
  // KubeletConfiguration has crashLoopBackOff in all tables, and no table for what is older.
  assert.deepEqual(
    inlineProblemsOf('artifacts: {lock: l}\nversions: {kubernetes: 1.33.1}\nnode: {kubelet: {zzz: 1}}\n'),
    [],
  );
});

test('fields that the join or the node’s safety stands on', () => {
  const hint = '(remove it, or set `node.forceKubelet: true` if you know better)';
  assert.deepEqual(
    problemsOf(
      'node:\n  kubelet:\n    readOnlyPort: 10255\n    authentication: {anonymous: {enabled: true}}\n    authorization: {mode: AlwaysAllow}\n',
    ),
    [
      `6:19 error config/kubelet-kept: \`readOnlyPort\` is flexgen’s to set: anybody on the network could read the pods’ settings ${hint}`,
      `7:43 error config/kubelet-kept: \`authentication.anonymous.enabled\` is flexgen’s to set: anybody on the network could run commands in pods ${hint}`,
      `8:27 error config/kubelet-kept: \`authorization.mode\` is flexgen’s to set: anybody with a certificate of the cluster could run commands in pods ${hint}`,
    ],
  );
  for (const field of [
    'authentication: {x509: {clientCAFile: /a}}',
    'rotateCertificates: false',
    'serverTLSBootstrap: true',
    'containerRuntimeEndpoint: unix:///x',
    'cgroupDriver: cgroupfs',
    'registerNode: false',
    'enableServer: false',
    'providerID: x',
    'maxPods: 7',
    'registerWithTaints: []',
    'authentication: {webhook: {enabled: false}}',
  ]) {
    const [only, ...more] = problemsOf(`node: {kubelet: {${field}}}\n`);
    assert.match(only ?? '', /error config\/kubelet-kept/);
    assert.deepEqual(more, []);
  }
});

test('the same values as flexgen’s do no harm', () => {
  assert.deepEqual(
    fields(
      '{readOnlyPort: 0, cgroupDriver: systemd, rotateCertificates: true, authorization: {mode: Webhook}}',
    ),
    [],
  );
});

test('forced, with a warning', () => {
  assert.deepEqual(fields('{readOnlyPort: 10255}', ', forceKubelet: true'), [
    '10:32 warning config/kubelet-kept: `readOnlyPort` is flexgen’s to set: anybody on the network could read the pods’ settings (it is taken, since `node.forceKubelet` is set)',
  ]);
});

test('the header is flexgen’s to write', () => {
  assert.deepEqual(fields('{kind: KubeletConfiguration}', ', forceKubelet: true'), [
    '10:18 error config/kubelet-field: `kind` is flexgen’s to write (remove it)',
  ]);
});
