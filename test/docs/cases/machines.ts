import { commands, config, unrun, words } from '../case.ts';
import type { Cases } from '../case.ts';
import { configured } from '../given.ts';

/** A cluster of both families. */
const dualStack = `cluster:
  name: aks1
  server: https://aks1.example
  ca: { file: ca.pem }
  kubernetesVersion: 1.36.4
  clusterDNS: 10.0.0.10
  serviceCIDRs: [10.0.0.0/16, fd00:10::/108]
  podCIDRs: [10.240.0.0/16, fd00:10:240::/48]`;

const kubectl = `[[ $* == 'get node edge-01 -o jsonpath={.status.addresses[?(@.type=="InternalIP")].address}' ]]
echo '10.8.0.22 fd00:8::22'`;

/** The machines' surroundings. */
export const machines: Cases = {
  "Choose the pods' network": [
    commands({
      prepare: async (place) =>
        void (await configured(place, [
          'auth: { mode: bootstrap-token }',
          "node: { name: 'edge-{index}' }",
          'network: { mode: bridge, podCIDR: { block: 10.128.0.0/16, size: 24 } }',
          'components: { kubeProxy: on }',
          'nodes: 2',
        ])),
    }),
  ],
  "Say which address is the node's": [
    config(),
    config({ base: { cluster: dualStack } }),
    commands({ prepare: ({ standIn }) => standIn('kubectl', kubectl) }),
  ],
  'Reach a private API server': [
    config(),
    config(),
    words('templates/node', 'FAILED at ', ' is not up with an address after ', 'look at ', 'ip addr show '),
  ],
  'Use NVIDIA cards': [
    config(),
    words(
      'templates/node',
      'WARNING: an NVIDIA card, but no nvidia-container-runtime: it belongs into the image, with the driver',
    ),
    unrun('a part of a Pod, which no program here knows; the rig runs one'),
  ],
};
