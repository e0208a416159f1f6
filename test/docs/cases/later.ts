import assert from 'node:assert/strict';
import { commands, words } from '../case.ts';
import type { Cases } from '../case.ts';
import { callToken, configOf, configured, given, must, npm } from '../given.ts';
import { machine, onMachine } from '../machine.ts';
import { asks, joins, runsPod } from '../nodes.ts';

const fleet = [
  'auth: { mode: bootstrap-token }',
  'network: { mode: bridge, podCIDR: { block: 10.128.0.0/16, size: 24 } }',
];

const noCni =
  '[container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized, CSINode is not yet initialized]';
const noCsi = 'CSINode is not yet initialized';

/** What comes after the first boot; and those who work on flexgen. */
export const later: Cases = {
  'Wait until it is Ready': [
    commands({
      async prepare(place) {
        const { api } = await configured(place, given.token);
        joins(api, 'edge-01', [null, { notReady: noCsi }, {}]);
      },
    }),
    commands({
      codes: [0, 5],
      async prepare(place) {
        const { api } = await configured(place, [...given.token, 'network: { mode: external }']);
        const address = '10.8.0.8';
        const wondered = asks(api, 'edge-02', 'csr-4tldp');
        joins(api, 'edge-02', [{ notReady: noCsi, address }, { address }], wondered);
        joins(api, 'edge-03', [{ notReady: noCni, address: '10.8.0.9' }]);
      },
    }),
    commands({ prepare: machine }),
    commands({
      async prepare(place) {
        const { api } = await configured(place, given.minted);
        await must(place, 'flexgen cloud-init --out user-data.yaml');
        callToken(place, api);
        joins(api, 'edge-01', [{ kubelet: '1.34.4', address: '10.0.0.4' }]);
      },
    }),
  ],
  'Take a node out again': [
    commands({
      async prepare(place) {
        const { api } = await configured(place, given.minted);
        await must(place, 'flexgen cloud-init --out user-data.yaml');
        joins(api, 'edge-01', [{}]);
        runsPod(api, 'edge-01', 'web-1');
        machine(place);
      },
      after: ({ read }) => assert.equal(read('../machine/calls'), 'flexgen-node reset --yes\n'),
    }),
    commands({
      async prepare(place) {
        const { api } = await configured(place, fleet);
        const names = ['edge-06', 'edge-07', 'edge-08'];
        place.write('edge.csv', `${['name', ...names].join('\n')}\n`);
        await must(place, 'flexgen render --nodes edge.csv --out payloads');
        for (const name of names) joins(api, name, [{}]);
      },
    }),
  ],
  "Rotate a secret, a certificate or the cluster's CA": [
    commands({
      async prepare(place) {
        const { azure } = await configured(place, []);
        const { clientId, tenantId, secret } = azure.credentials;
        place.write('secret', secret);
        const auth = `mode: service-principal, clientId: ${clientId}, tenantId: ${tenantId}`;
        const proof = 'secret: { file: secret }, credentialUse: always';
        place.write(
          'flexgen.yaml',
          configOf(azure, `auth: { ${auth}, ${proof} }`, 'node: { name: edge-01 }'),
        );
        machine(place);
      },
      after: ({ read }) =>
        assert.match(read('../machine/snippet'), /\nput 600 \/var\/lib\/kubelet\/token\.env /),
    }),
    commands({
      async prepare(place) {
        await configured(place, given.minted);
        machine(place);
      },
      after: ({ read }) => assert.match(read('../machine/snippet'), /\ndrop=1\n/),
    }),
  ],
  'Debug at 3 a.m.': [
    words('templates/node', 'FAILED at ', ': expected sha256 ', ' from ', 'mend the mirror or the lock'),
    commands({ prepare: onMachine }),
  ],
  'For contributors': [commands({ prepare: npm })],
};
