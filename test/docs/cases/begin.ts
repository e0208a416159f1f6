import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../cli/run.ts';
import { commands, config, words } from '../case.ts';
import type { Cases } from '../case.ts';
import { configOf, npm, signedIn, starter, templates } from '../given.ts';
import { joins } from '../nodes.ts';
import type { Place } from '../place.ts';

/** The config of AKSFlexNode's agent as it was in February, without (or with) what flexgen can't keep. */
function agentConfig({ write, borrow }: Place, labels: object): void {
  const february = JSON.parse(readFileSync(join(root, 'test/cli/migrate/february.json'), 'utf8')) as {
    node: object;
  };
  write('config.json', JSON.stringify({ ...february, node: { ...february.node, labels } }, null, 2));
  borrow('jq');
}

const migrate = 'npx flexgen migrate config.json --out flexgen.yaml';

/** From the clone to the first machine. */
export const begin: Cases = {
  'flexgen': [
    commands({
      prepare: (place) => {
        templates(place);
        npm(place);
      },
      after: ({ read }) => assert.match(read('user-data.yaml'), /^#cloud-config\n# flexgen: edge-01 /),
    }),
    commands({ prepare: npm }),
  ],
  'A first run': [
    commands({
      prepare: async (place) => void (await signedIn(place)),
      after: ({ read }) => assert.match(read('flexgen.yaml'), /\n {2}resourceId: \/subscriptions\//),
    }),
    config(),
    commands({
      async prepare(place) {
        const { azure, api } = await signedIn(place);
        place.write(
          'flexgen.yaml',
          configOf(azure, 'auth:', '  mode: bootstrap-token', 'node: {name: edge-01}'),
        );
        place.standIn('virt-install', '[[ $* == "… --cloud-init user-data=user-data.yaml" ]]');
        joins(api, 'edge-01', [null, {}]);
      },
    }),
    words('templates/node', ' done (', 'is Ready in ', 'flexgen: '),
    commands({
      codes: [3],
      prepare(place) {
        starter(place, 'bootstrap-token', 'edge.yaml');
        place.write('edge.yaml', place.read('edge.yaml').replace('labels:', 'lables:'));
      },
    }),
  ],
  'Start from a starter': [
    commands({ after: ({ read }) => void (JSON.parse(read('schema.json')) as unknown) }),
  ],
  'Come from AKSFlexNode': [
    commands({ prepare: (place) => agentConfig(place, { site: 'factory-7' }) }),
    commands({
      of: migrate,
      codes: [5],
      prepare: (place) => agentConfig(place, { 'node-role.kubernetes.io/edge': 'x' }),
      async after({ run }) {
        const line = 'export AZURE_CLIENT_SECRET="$(jq -r .azure.servicePrincipal.clientSecret config.json)"';
        const { output } = await run(`${line}; echo "$AZURE_CLIENT_SECRET"`);
        assert.equal(output, 'hunter2~hunter2~hunter2\n');
      },
    }),
  ],
  'Complete the command line': [
    commands({
      prepare: ({ write }) => write('../.config/fish/completions/README', ''),
      shells: { 'completion zsh': 'zsh' },
      instead: {
        'source <(flexgen completion zsh)':
          'autoload -U compinit; compinit -D; source <(flexgen completion zsh)',
      },
      after: ({ read }) => assert.match(read('../.config/fish/completions/flexgen.fish'), /^complete /m),
    }),
  ],
};
