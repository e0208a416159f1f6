import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { sampleFiles } from '../cli/sample.ts';
import type { Block } from './blocks.ts';
import type { Config } from './case.ts';
import { signedIn } from './given.ts';
import { runHere } from './here.ts';
import { makePlace } from './place.ts';
import type { Place, Ran } from './place.ts';

/** The shortest config, by its sections, each of which a document may have instead. */
const whole: Readonly<Record<string, string>> = {
  apiVersion: 'apiVersion: flexgen/v1',
  cluster: 'cluster: { facts: facts.yaml }',
  auth: 'auth: { mode: bootstrap-token, token: { file: token } }',
  node: 'node: { name: edge-01 }',
  network: 'network: { mode: external }',
};

/** What the documents' configs name: variables of the environment, and files. */
const named = {
  env: {
    BOOTSTRAP_TOKEN: sampleFiles.token,
    AZURE_CLIENT_SECRET: 'not-a-secret',
    OPERATOR_SECRET: 'not-a-secret',
    PROXY_PASSWORD: 'not-a-secret',
    REGISTRY_PASSWORD: 'not-a-secret',
  },
  files: {
    ...sampleFiles,
    'token.txt': sampleFiles.token,
    'corp.pem': sampleFiles['ca.pem'],
    'corp-ca.pem': sampleFiles['ca.pem'],
  },
} as const;

function furnish({ write, env, standIn }: Place): void {
  Object.assign(env, named.env);
  for (const [path, content] of Object.entries(named.files)) write(path, content);
  standIn('op', `[[ $* == 'read op://vault/aks1/token' ]] && printf %s '${sampleFiles.token}'`);
}

/** A config with everything that a part of one leaves to the rest. */
function completed(part: string, base: Readonly<Record<string, string>>): string {
  const has = new Set(Array.from(part.matchAll(/^(\w+):/gm), ([, key = '']) => key));
  const rest = Object.entries({ ...whole, ...base }).filter(([key]) => !has.has(key));
  return `${rest.map(([, text]) => `${text}\n`).join('')}${part}`;
}

/** A cluster's resource id, with what nobody else can know left out. */
const elidedId = /\/subscriptions\/…\/resourceGroups\/rg\/\S+\/aks1/g;

/** Where Azure is asked its packages look for the way there in the process's own environment: in one of its own. */
const validate = ({ folder, env, run }: Place, online: boolean): Promise<Ran> =>
  online ? run('flexgen validate') : runHere(['validate', '--offline'], { env, cwd: folder });

/** Has flexgen validate the configs of a block. Returns how many there were. */
export async function validateConfigs(t: TestContext, block: Block, entry: Config): Promise<number> {
  const place = makePlace(t);
  furnish(place);
  await entry.prepare?.(place, block);
  const texts = (entry.configs?.(block.text) ?? [block.text]).map((part) =>
    completed(part, entry.base ?? {}),
  );
  const asksAzure = texts.some((text) => text.search(elidedId) !== -1);
  const resourceId = asksAzure ? (await signedIn(place)).azure.resourceId : '';
  for (const text of texts) {
    const config = text.replaceAll(elidedId, resourceId);
    place.write('flexgen.yaml', config);
    const { code, output } = await validate(place, asksAzure);
    assert.equal(code, 0, `${block.file}:${block.line}\n${config}\n${output}`);
    assert.match(output, /^flexgen\.yaml is valid: /m);
  }
  return texts.length;
}
