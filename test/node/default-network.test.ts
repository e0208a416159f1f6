import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFacts } from '../../src/config/index.ts';
import { defaultNetwork } from '../../src/node/index.ts';
import { certificate } from '../config/certificate.ts';

function defaultFor(aks: object | undefined) {
  const server = 'https://aks1.example:443';
  const facts = { server, ca: certificate, kubernetesVersion: '1.36.4', clusterDNS: '10.0.0.10', aks };
  const parsed = parseFacts(JSON.stringify(facts), 'f.json');
  assert.ok(parsed.ok);
  const { network, warning } = defaultNetwork(parsed.value);
  return [network.mode, warning?.code];
}

test('the network plugin decides the default mode', () => {
  assert.deepEqual(defaultFor(undefined), ['node-cidr', undefined]);
  assert.deepEqual(defaultFor({ networkPlugin: 'kubenet' }), ['node-cidr', undefined]);
  assert.deepEqual(defaultFor({ networkPlugin: 'azure' }), ['node-cidr', 'network/azure-cni']);
  assert.deepEqual(defaultFor({ networkPlugin: 'none' }), ['external', undefined]);
});
