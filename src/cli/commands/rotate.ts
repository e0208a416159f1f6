import { settle } from '../../diagnostics/diagnostic.ts';
import { jsonDocument } from '../../encode/document.ts';
import type { BootstrapToken } from '../../node/auth/bootstrap-token.ts';
import type { ServicePrincipal } from '../../node/auth/service-principal.ts';
import { caProblems } from '../certificates.ts';
import { connectCluster } from '../cluster/connect.ts';
import { perform } from '../cluster/perform.ts';
import { orRefused } from '../cluster/refusal.ts';
import { changeData, changeText } from '../cluster/report.ts';
import type { ClusterOptions } from '../cluster/session.ts';
import { connectionCode } from '../cluster/session.ts';
import { targetOf } from '../cluster/target.ts';
import { canDeliver, deliver } from '../deliver.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { changesOf, printProblem, printed } from '../report.ts';
import { caSnippet } from '../rotate/ca.ts';
import { credentialSnippet } from '../rotate/credential.ts';
import { provenPlan } from '../rotate/principal.ts';
import { howToRun, onlyForJoining, renewedElsewhere, thenDelete } from '../rotate/say.ts';
import { tokenChanges } from '../rotate/token.ts';
import { namedNodes } from '../fleet/named-nodes.ts';
import type { NamedNodes } from '../fleet/named-nodes.ts';
import type { World } from '../world.ts';

export interface RotateOptions extends ClusterOptions {
  readonly nodes?: string;
  readonly out?: string;
  /** The cluster's CA, in place of what nodes sign in with. */
  readonly ca?: boolean;
  /** With `ca`: no other is trusted any more. */
  readonly only?: boolean;
}

async function rotateCa({ config }: NamedNodes, options: RotateOptions, world: World): Promise<ExitCode> {
  const target = await targetOf(config, options, world);
  const unusable = target.ok ? caProblems({ 'cluster.ca': target.value.facts.ca }).map(config.located) : [];
  const all = target.ok ? settle(target.value, [...target.warnings, ...unusable]) : target;
  const usable = await printed(all, world);
  if (typeof usable === 'number') return usable;
  const written = await deliver(caSnippet(usable.value.facts, options.only === true), options.out, world);
  if (written === exitCodes.ok) await world.stderr.write(howToRun(options.out));
  return written;
}

async function rotatePrincipal(
  { config }: NamedNodes,
  auth: ServicePrincipal,
  options: RotateOptions,
  world: World,
): Promise<ExitCode> {
  const planned = await printed(await provenPlan(config, auth, options, world), world);
  if (typeof planned === 'number') return planned;
  const { clientId, credentialUse, proof } = auth;
  if (proof.kind !== 'federated')
    await world.stderr.write(`service principal ${clientId} signs in with it\n`);
  if (credentialUse === 'bootstrap') {
    await world.stderr.write(onlyForJoining);
    return exitCodes.ok;
  }
  const written = await deliver(credentialSnippet(auth, planned.value), options.out, world);
  if (written === exitCodes.ok) await world.stderr.write(howToRun(options.out) + thenDelete(clientId));
  return written;
}

const ownToken = 'the token is not flexgen’s: make another where it came from, and delete that one there\n';

async function rotateTokens(
  { config, nodes }: NamedNodes,
  { ttlSeconds }: BootstrapToken,
  options: RotateOptions,
  world: World,
): Promise<ExitCode> {
  if (ttlSeconds === null) {
    await world.stderr.write(ownToken);
    return exitCodes.ok;
  }
  const target = await printed(await targetOf(config, options, world), world);
  if (typeof target === 'number') return target;
  const api = await printed(await connectCluster(target.value, options, world), world, connectionCode);
  if (typeof api === 'number') return api;
  const now = new Date();
  const shown = { now, planned: false };
  const names = nodes.map(({ name }) => name);
  const changes = await tokenChanges(api.value, names, { ttlSeconds, now });
  await perform(changes, { api: api.value }, async (change) => {
    if (options.json !== true) await world.stdout.write(changeText(change, shown));
  });
  const { name } = target.value.facts;
  const { server } = api.value;
  if (options.json === true)
    await world.stdout.write(
      jsonDocument({ cluster: name, server, changes: changes.map((change) => changeData(change, shown)) }),
    );
  await world.stderr.write(
    `${name}: ${changesOf(changes.length)} made; nobody joins any more with payloads of before: render again\n`,
  );
  return exitCodes.ok;
}

async function act(options: RotateOptions, world: World): Promise<ExitCode> {
  const found = await printed(await namedNodes(options, world), world);
  if (typeof found === 'number') return found;
  if (options.ca === true) return await rotateCa(found.value, options, world);
  const { auth } = found.value.config.loaded.spec;
  switch (auth.mode) {
    case 'service-principal':
      return await rotatePrincipal(found.value, auth, options, world);
    case 'bootstrap-token':
      return await rotateTokens(found.value, auth, options, world);
    case 'arc':
    case 'managed-identity':
      await world.stderr.write(`${auth.mode}: ${renewedElsewhere[auth.mode]}\n`);
      return exitCodes.ok;
  }
}

/** `flexgen rotate`: a new secret, certificate, token or CA for nodes that run, and the snippet that installs it. */
export async function rotate(options: RotateOptions, world: World): Promise<ExitCode> {
  if (options.only === true && options.ca !== true) {
    await printProblem('`--only` is for a CA', 'add `--ca`', world);
    return exitCodes.usage;
  }
  const writable = await canDeliver(options.out, world);
  return writable === exitCodes.ok ? await orRefused(world, () => act(options, world)) : writable;
}
