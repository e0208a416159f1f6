import { dirname, join, resolve } from 'node:path';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok, refused } from '../../diagnostics/diagnostic.ts';
import { hasMinted } from '../../io/inputs.ts';
import { stateFolder } from '../../io/state.ts';
import { arcMachine } from '../../node/auth/arc-machine.ts';
import type { Texts } from '../open-config.ts';
import type { PlannedConfig } from '../plan-config.ts';
import type { World } from '../world.ts';
import { keyStore } from './key-store.ts';
import { mintedWith } from './machine-key.ts';

/**
 * Whether something has to be there before the payload is of use: with a cluster of Azure's all that a join needs, unless
 * somebody else has made the token; else what only flexgen can make.
 */
export function needsSetup({ spec: { cluster, auth } }: PlannedConfig): boolean {
  return hasMinted(auth) || (cluster.kind === 'resource-id' && auth.mode !== 'bootstrap-token');
}

/** Where the keys of a config's machines are kept. */
export const stateOf = (config: string, { cwd }: World): string =>
  join(dirname(resolve(cwd, config)), stateFolder);

const problem = (code: string, message: string, hint: string) =>
  refused({ code, path: 'auth', message, hint });

/** What was minted before, for a run that may make nothing: the key of a machine that is registered. */
export async function keptTexts(
  { spec, facts }: PlannedConfig,
  { config }: { readonly config: string },
  world: World,
): Promise<Result<Texts>> {
  const { auth } = spec;
  if (!hasMinted(auth)) return ok(new Map());
  if (auth.mode !== 'arc' || auth.onboarding.kind !== 'preregistered')
    return problem(
      'setup/token',
      'the token of this payload can’t be made without asking anybody',
      auth.mode === 'arc'
        ? 'leave `--offline` and `--no-setup` out, or use `onboarding: preregistered`'
        : 'leave `--offline` and `--no-setup` out, or say in `auth.token` where a token is',
    );
  const machine = arcMachine(auth, spec, facts);
  if (!machine.ok) return machine;
  const { name, ...place } = machine.value;
  const store = keyStore(stateOf(config, world), { ...place, name: name ?? '' });
  const key = await store.read();
  if (!key.ok) return key;
  return key.value === null
    ? problem(
        'setup/key',
        `there is no ${store.path}`,
        '`flexgen identity apply` registers the machine and keeps its key there',
      )
    : ok(mintedWith(key.value));
}
