import assert from 'node:assert/strict';
import { commandsOf } from '../commands.ts';
import { commands, config } from '../case.ts';
import type { Cases } from '../case.ts';
import { configured, must } from '../given.ts';
import type { Place } from '../place.ts';

const auth = 'auth: { mode: bootstrap-token }';
const network = 'network: { mode: bridge, podCIDR: { block: 10.128.0.0/9, size: 24 } }';

/** A fleet whose nodes are in a list. */
async function listed(place: Place, list: string): Promise<void> {
  await configured(place, [auth, network]);
  place.write('edge.csv', list);
}

const eight = ['name', ...Array.from({ length: 8 }, (_, index) => `press-${index + 1}`), ''].join('\n');

/** Many machines. */
export const fleet: Cases = {
  'Many nodes at once': [
    config(),
    commands({
      async prepare(place) {
        const nodes = "node: { name: 'edge-{index:3}', labels: { site: factory-7 } }";
        await configured(place, [auth, nodes, network, 'nodes: 100']);
      },
    }),
    config({ base: { node: 'node: { labels: { site: factory-7 } }', network } }),
    commands({
      async prepare(place, block) {
        const [cat] = commandsOf(block);
        await listed(place, cat?.shown ?? '');
        place.standIn('inventory', `[[ $* == --json ]] && echo '[{"name":"press-1"},{"name":"press-2"}]'`);
      },
    }),
    commands({
      async prepare(place) {
        for (const name of ['jq', 'sha256sum']) place.borrow(name);
        await listed(place, eight);
        await must(place, 'flexgen render --nodes edge.csv --out payloads');
      },
    }),
    commands({
      prepare: (place) => listed(place, eight),
      async after({ run }) {
        assert.match((await run('ls payloads')).output, /^manifest\S*\.json\npress-\d\.yaml\n$/);
      },
    }),
  ],
  'Give a scaling group one payload': [config()],
};
