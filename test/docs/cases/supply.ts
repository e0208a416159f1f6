import { join } from 'node:path';
import { made, madeVersions, pause } from '../../cli/supply/support.ts';
import { publish, publishImage } from '../../upstream/publish.ts';
import { startUpstream } from '../../upstream/upstream.ts';
import { sample, sampleFiles } from '../../cli/sample.ts';
import { commands, config } from '../case.ts';
import type { Cases } from '../case.ts';
import { configOf, signedIn } from '../given.ts';
import type { Place } from '../place.ts';

/** A workstation that reaches the internet, where releases are that nobody else has; they are called as the real ones. */
async function online({ t, folder, env, write, called }: Place): Promise<void> {
  const upstream = await startUpstream(join(folder, '../upstream'));
  t.after(() => upstream.stop());
  Object.assign(env, upstream.env);
  for (const [name, version] of Object.entries(made)) publish(upstream, name as keyof typeof made, version);
  publishImage(upstream, pause);
  for (const [path, content] of Object.entries(sampleFiles)) write(path, content);
  write('flexgen.yaml', sample + madeVersions);
  called.push([made['cni-plugins'], '1.9.1']);
}

const lockOf = (...entries: readonly string[]): string =>
  `{ "lockVersion": 1, "artifacts": [${entries.join(', ')}] }\n`;

/** Where everything comes from. */
export const supply: Cases = {
  'Use a private mirror, or no internet at all': [
    commands({ prepare: online }),
    config({ prepare: ({ write }) => write('flexgen.lock.json', lockOf()) }),
    config({
      configs: () => ['artifacts: { mirror: https://mirror.corp.example/k8s, lock: flexgen.lock.json }\n'],
      prepare: ({ write }, { text }) =>
        write('flexgen.lock.json', lockOf(text.replace('…', 'a5'.repeat(32)))),
    }),
  ],
  'Go through a proxy': [
    config(),
    commands({
      codes: [5],
      async prepare(place) {
        const { azure, internet } = await signedIn(place);
        place.called.push([internet.url, 'http://proxy.corp:3128']);
        const https = `{ url: ${internet.url}, username: edge, password: { env: PROXY_PASSWORD } }`;
        place.write(
          'flexgen.yaml',
          configOf(
            azure,
            'auth: { mode: bootstrap-token }',
            'node: { name: edge-01 }',
            'proxy:',
            `  https: ${https}`,
          ),
        );
        internet.lock('dl.k8s.io', 'github.com');
      },
    }),
  ],
  'Pull from a registry that wants a password': [config()],
};
