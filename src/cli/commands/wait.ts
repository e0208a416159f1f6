import { jsonDocument } from '../../encode/document.ts';
import { defaultNetwork } from '../../node/index.ts';
import { waitsFor } from '../../kubernetes/join/waits-for.ts';
import { caProblems } from '../certificates.ts';
import { clock } from '../clock.ts';
import { connectCluster } from '../cluster/connect.ts';
import { orRefused } from '../cluster/refusal.ts';
import type { ClusterOptions } from '../cluster/session.ts';
import { connectionCode } from '../cluster/session.ts';
import { targetOf } from '../cluster/target.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { printDiagnostics, printed } from '../report.ts';
import { watchCluster } from '../wait/cluster.ts';
import type { WatchedCluster } from '../wait/cluster.ts';
import { conclude } from '../wait/conclude.ts';
import { follow } from '../wait/follow.ts';
import type { Listener } from '../wait/follow.ts';
import { namedNodes } from '../fleet/named-nodes.ts';
import { isReady } from '../wait/journey.ts';
import { liveLine } from '../wait/live-line.ts';
import type { LiveLine } from '../wait/live-line.ts';
import { wantedNames } from '../wait/names.ts';
import { lineOf, nowWaiting, problemOf, problemsOf, reportData, summaryOf } from '../wait/report.ts';
import { revokeTokens } from '../wait/revoke.ts';
import type { World } from '../world.ts';

export interface WaitOptions extends ClusterOptions {
  /** A list of a fleet’s nodes. */
  readonly nodes?: string;
  /** Milliseconds. */
  readonly timeout: number;
  /** The tokens of nodes that are Ready. */
  readonly revoke?: boolean;
}

interface Watch {
  /** The cluster as the config calls it. */
  readonly name: string;
  readonly names: readonly string[];
  readonly cluster: WatchedCluster;
  /** By the watcher’s clock. */
  readonly began: number;
}

const widthOf = (names: readonly string[]): number => Math.max(...names.map((node) => node.length));

/** Who prints what happens. */
function reporter({ names, began }: Watch, line: LiveLine, options: WaitOptions, world: World): Listener {
  const width = widthOf(names);
  const print = async (node: string, now: number, what: string): Promise<void> => {
    if (options.json === true) return;
    await line.hide();
    await world.stdout.write(lineOf(node, width, now - began, what));
  };
  return {
    stands: ({ name }, standing, now) => print(name, now, waitsFor(standing)),
    hears: ({ node, reason, message }, now) => print(node, now, `event ${reason}: ${message}`),
    wonders: async ({ name }, reason) => {
      await line.hide();
      await printDiagnostics([problemOf(name, reason, 'warning')], world);
    },
    waits: (journeys, now) => line.show(nowWaiting(journeys, now - began)),
  };
}

async function attend(watch: Watch, options: WaitOptions, world: World): Promise<ExitCode> {
  const { name, names, cluster, began } = watch;
  const line = liveLine(world);
  try {
    const { timeout } = options;
    const followed = await follow(names, cluster, { timeout, clock }, reporter(watch, line, options, world));
    const { journeys } = followed;
    const conclusion = await conclude(journeys, cluster);
    await line.end();
    const now = clock.now();
    await printDiagnostics(problemsOf(conclusion), world);
    const { api } = cluster.background();
    const joined = journeys.filter(isReady).map((journey) => journey.name);
    const revoked = options.revoke === true ? await revokeTokens(api, joined) : null;
    if (options.json === true) {
      const report = reportData(followed, conclusion, { began, now, revoked });
      await world.stdout.write(jsonDocument({ cluster: name, server: api.server, ...report }));
    } else {
      const width = widthOf(names);
      for (const { node, name: secret } of revoked ?? [])
        await world.stdout.write(lineOf(node, width, now - began, `its token is revoked: ${secret}`));
      await world.stderr.write(`${name}: ${summaryOf(journeys, now - began)}\n`);
    }
    return journeys.every(isReady) ? exitCodes.ok : exitCodes.check;
  } finally {
    await line.end();
  }
}

/** From a config to what is watched; problems are printed, and the exit code returned. */
async function prepare(
  named: readonly string[],
  options: WaitOptions,
  world: World,
): Promise<Watch | ExitCode> {
  const nodes = await printed(await namedNodes(options, world), world);
  if (typeof nodes === 'number') return nodes;
  const { config } = nodes.value;
  const names = await printed(wantedNames(named, nodes.value.names, 'wait'), world, () => exitCodes.usage);
  if (typeof names === 'number') return names;
  const opened = await printed(await targetOf(config, options, world), world);
  if (typeof opened === 'number') return opened;
  const target = opened.value;
  const { spec } = config.loaded;
  const unusable = caProblems({ 'cluster.ca': target.facts.ca });
  await printDiagnostics(unusable.map(config.located), world);
  if (unusable.length > 0) return exitCodeOf(unusable);
  const network = config.loaded.written(['network']) ? spec.network : defaultNetwork(target.facts).network;
  const open = () => connectCluster(target, options, world);
  const cluster = await printed(
    await watchCluster(names.value, { ...spec, network, configured: nodes.value.names }, open),
    world,
    connectionCode,
  );
  if (typeof cluster === 'number') return cluster;
  return { name: target.facts.name, names: names.value, cluster: cluster.value, began: clock.now() };
}

/** `flexgen wait`: follows nodes from their certificate requests until they are Ready, or says why they are not. */
export async function wait(named: readonly string[], options: WaitOptions, world: World): Promise<ExitCode> {
  return await orRefused(world, async () => {
    const watch = await prepare(named, options, world);
    return typeof watch === 'number' ? watch : await attend(watch, options, world);
  });
}
