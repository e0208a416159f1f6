import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { close, open } from '../../azure/server/http.ts';
import { commands, config } from '../case.ts';
import type { Cases } from '../case.ts';
import { callToken, configOf, configured, given, must, signedIn } from '../given.ts';
import type { Around } from '../given.ts';
import { kubectl } from '../kubectl.ts';
import type { Place } from '../place.ts';

const arc = ['auth: { mode: arc, tags: { site: factory-7 } }', 'node: { name: edge-01 }'];

const elided = '/subscriptions/…/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks1';

/** Those of nodes that join with tokens. */
const bindings = [
  'flexgen:node-bootstrapper:bootstrap-token',
  'flexgen:nodeclient:bootstrap-token',
  'flexgen:selfnodeclient',
] as const;

/** The documents' mirror, which has everything but what is lost. */
async function mirror({ t }: Place, { internet }: Around, lost = 'nothing'): Promise<void> {
  const server = createServer((request, response) => {
    response.writeHead(request.url?.includes(lost) ? 404 : 200).end();
  });
  internet.lead('mirror.corp', { port: await open(server), tls: false });
  t.after(() => close(server));
}

const mirrored = 'artifacts: { mirror: https://mirror.corp/k8s }';

/** The cluster, and who may do what in it. */
export const azure: Cases = {
  'Read the cluster from Azure': [
    config(),
    commands({
      prepare: async (place) => void (await signedIn(place)),
      after: ({ read }) => assert.match(read('aks1.facts.yaml'), /^kubernetesVersion: 1\.36\.4$/m),
    }),
    config(),
    commands({
      codes: [4],
      async prepare(place) {
        const around = await signedIn(place);
        around.azure.setCluster({ powerState: 'Stopped' });
        place.write('edge.yaml', configOf(around.azure, ...given.minted));
      },
    }),
  ],
  'Choose how the machine signs in': [
    config(),
    // Where the machine is registered, the cluster says.
    config({ base: { cluster: `cluster: { resourceId: ${elided} }` } }),
    config(),
    config(),
    commands({
      prepare: async (place) => void (await configured(place, arc)),
      after: ({ read }) => assert.match(read('user-data.yaml'), /^#cloud-config\n/),
    }),
  ],
  'Check everything beforehand': [
    commands({
      codes: [5],
      async prepare(place) {
        const around = await configured(place, [...arc, mirrored], { resourceGroup: 'rg-edge' });
        await mirror(place, around, '/kubelet');
        const { setProvider, forbid, setClockSkew } = around.azure;
        setProvider('Microsoft.HybridCompute', 'NotRegistered');
        forbid('Microsoft.Authorization/roleAssignments/write');
        setClockSkew(600);
      },
    }),
    commands({
      of: 'npx flexgen preflight',
      async prepare(place) {
        await mirror(place, await configured(place, [...given.token, mirrored]));
        await must(place, 'flexgen cluster apply');
      },
    }),
  ],
  'Prepare the cluster': [
    commands({
      async prepare(place) {
        const { api } = await configured(place, given.minted);
        await must(place, 'flexgen cluster apply');
        api.put(`/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/${bindings[1]}`, null);
        callToken(place, api);
      },
    }),
    commands({
      async prepare(place) {
        const { api } = await configured(place, given.token);
        kubectl(place, api, bindings);
      },
      async after({ run }) {
        const { output } = await run('flexgen cluster plan');
        assert.equal(output.match(/^= clusterrolebinding /gm)?.length, bindings.length, output);
        assert.doesNotMatch(output, /^[+~-] /m);
      },
    }),
  ],
  'Name a secret': [
    config({
      configs: (text) =>
        text
          .trim()
          .split('\n')
          .map((line) => `auth:\n  mode: bootstrap-token\n  ${line}\n`),
    }),
  ],
};
