import assert from 'node:assert/strict';
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { keyStore } from '../../src/cli/identity/key-store.ts';
import { mintedWith, newMachineKey } from '../../src/cli/identity/machine-key.ts';
import { draftPayload, userDataOf } from '../../src/cli/payload.ts';
import type { ImageOption } from '../../src/cli/payload.ts';
import { planConfig } from '../../src/cli/plan-config.ts';
import type { World } from '../../src/cli/world.ts';
import type { Result } from '../../src/diagnostics/diagnostic.ts';
import { hasMinted } from '../../src/io/inputs.ts';
import { stateFolder } from '../../src/io/state.ts';
import { arcMachine } from '../../src/node/auth/arc-machine.ts';
import type { NodePlan } from '../../src/node/plan.ts';
import { cloudConfig, plainUserData } from '../../src/render/cloud-init/cloud-config.ts';
import type { Delivered } from '../../src/render/cloud-init/delivered.ts';
import { mergeUserData } from '../../src/render/cloud-init/merge.ts';
import { plain } from '../../src/render/cloud-init/packings.ts';
import type { TargetName } from '../../src/render/cloud-init/targets/names.ts';
import { root } from '../cli/run.ts';

const folder = `${root}/templates/config`;

const machineKey = await newMachineKey();

/** The names of the starter configs, without `.yaml`. */
export const starters: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.slice(0, -'.yaml'.length))
  .toSorted();

/** A world with nothing in it: a starter needs no environment. */
export function worldAt(cwd: string): World {
  const silent = { isTerminal: false, write: async () => await Promise.resolve() };
  const stdin = () => Readable.from([]);
  return { env: {}, cwd, stdout: silent, stderr: silent, stdin };
}

function value<T>(result: Result<T>): T {
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

/** The plan of a config of this folder, which must be valid. */
export async function planIn(cwd: string, file: string): Promise<NodePlan> {
  return value(await planConfig(file, { offline: true }, worldAt(cwd))).plan;
}

export async function planStarter(name: string): Promise<NodePlan> {
  return await planIn(folder, `${name}.yaml`);
}

/** What the user-data of a starter would be if nothing in it were packed. */
export async function plainText(name: string): Promise<string> {
  const { spec, plan, file } = value(await planConfig(`${name}.yaml`, { offline: true }, worldAt(folder)));
  const ours = cloudConfig(
    { files: plan.files, target: 'stock', authorizedKeys: spec.ssh.authorizedKeys },
    plain,
  );
  const { merge } = spec.userData;
  const merged = merge === null ? ours : value(mergeUserData(ours, file(merge), merge.file));
  const title = (await renderStarter(name)).split('\n', 2)[1]?.slice('# '.length) ?? '';
  return plainUserData(merged, [title]);
}

/** The user-data of a starter, as `flexgen cloud-init` prints it, with placeholders for what is still to be made. */
export async function renderStarter(name: string, image: ImageOption = 'stock'): Promise<string> {
  return await renderIn(folder, `${name}.yaml`, image);
}

const plans = new Map<string, ReturnType<typeof planConfig>>();

/** A starter for a target, in the envelope that `auto` chooses; null where it does not fit. */
export async function renderFor(
  name: string,
  target: TargetName,
  image: ImageOption = 'stock',
): Promise<Delivered | null> {
  const config = plans.get(name) ?? planConfig(`${name}.yaml`, { offline: true }, worldAt(folder));
  plans.set(name, config);
  const known = value(await config);
  const rendered = userDataOf(known, known.plan, image, { target });
  assert.ok(rendered.ok || rendered.errors.every(({ code }) => code === 'render/too-big'));
  return rendered.ok ? rendered.value : null;
}

/** The same of a config of this folder, which must be valid. */
export async function renderIn(cwd: string, file: string, image: ImageOption): Promise<string> {
  return value(await draftPayload(file, { offline: true, image }, worldAt(cwd))).userData.bytes.toString();
}

/** The most that a golden payload may have in bytes: one with a private key or a token of Azure's has more of its own. */
export const goldenLimits = { own: 3072, withKey: 4608 } as const;

/** The same of a starter. */
export const goldenLimit = (name: string): number =>
  name === 'arc' || name === 'certificate' ? goldenLimits.withKey : goldenLimits.own;

/** A copy of the starters in this folder, where all that is to be made has been: the key of Arc's machine. */
export async function copyStarters(to: string): Promise<void> {
  cpSync(folder, to, { recursive: true });
  const { spec, facts } = value(await planConfig('arc.yaml', { offline: true }, worldAt(to)));
  assert.ok(spec.auth.mode === 'arc');
  const { name, ...place } = value(arcMachine(spec.auth, spec, facts));
  const store = keyStore(join(to, stateFolder), { ...place, name: name ?? '' });
  value(await store.keep(machineKey));
}

/** The user-data of a starter once all is made, rendered by the sources. */
export async function renderMade(name: string): Promise<string> {
  const { planned } = value(await draftPayload(`${name}.yaml`, { offline: true }, worldAt(folder)));
  const made = hasMinted(planned.spec.auth) ? mintedWith(machineKey) : new Map();
  return value(userDataOf(planned, value(planned.planWith(made)), 'stock')).bytes.toString();
}
