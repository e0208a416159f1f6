import { rootCertificates } from 'node:tls';
import { clouds } from '../../config/clouds.ts';
import type { ClusterFacts } from '../../config/facts.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { clusterFacts } from '../cluster-facts.ts';
import type { FactsOptions } from '../cluster-facts.ts';
import { textOf } from '../open-config.ts';
import type { Delivered } from '../../render/cloud-init/delivered.ts';
import { outputOf, userDataOf } from '../payload.ts';
import type { OutputOptions } from '../payload.ts';
import { planRead } from '../plan-config.ts';
import type { PlannedConfig } from '../plan-config.ts';
import type { ReadConfig } from '../read-config.ts';
import type { World } from '../world.ts';
import { azureSituation } from './azure-situation.ts';
import type { AzureSituation } from './azure-situation.ts';
import { once } from './once.ts';
import { probe } from './probe.ts';
import type { Answer } from './probe.ts';
import { configProxies, environmentProxies, proxyFor } from './proxy.ts';
import type { Proxies } from './proxy.ts';

/** What all checks look at. What several of them need is asked for once. */
export interface Situation {
  /** As the command line calls it. */
  readonly file: string;
  readonly config: ReadConfig;
  readonly offline: boolean;
  readonly world: World;
  /** What is known of the cluster, from where the config says. */
  readonly facts: () => Promise<Result<ClusterFacts>>;
  /** The node's plan, with placeholders for what is still to be made. Fails with what the config says wrong, located. */
  readonly planned: () => Promise<Result<PlannedConfig>>;
  /** What it renders to. Fails where it does not fit, or where the user's own part can't be merged. */
  readonly userData: () => Promise<Result<Delivered>>;
  /** Any answer of the API server, to one who does not say who it is. Throws what stands in between. */
  readonly apiServer: () => Promise<Answer>;
  /** How the machine reaches others, as far as the config says; else how this one does. */
  readonly proxies: Proxies;
  /** Null where nothing is asked of Azure. */
  readonly azure: AzureSituation | null;
  readonly entra: { readonly authority: string; readonly ca: readonly string[] | undefined };
}

export interface PreflightOptions extends FactsOptions, OutputOptions {
  readonly config: string;
  readonly json?: boolean;
}

/** The situation of a config that holds by itself. Nobody is asked yet. */
export async function situationOf(
  config: ReadConfig,
  options: PreflightOptions,
  world: World,
): Promise<Situation> {
  const { loaded, texts } = config;
  const { azure: asks, proxy, cluster } = loaded.spec;
  const readFacts = () => clusterFacts(loaded.spec, texts, config.reader, options, world);
  const ownProxy = proxy.http !== null || proxy.https !== null;
  const proxies = ownProxy ? configProxies(proxy, texts) : environmentProxies(world.env);
  const written = cluster.kind === 'resource-id' ? null : await readFacts();
  const entraCa = asks.endpoints.ca === null ? '' : textOf(texts)(asks.endpoints.ca);
  const local = written?.ok === true ? written.value : null;
  const azure = azureSituation(config, local, world);
  const facts = once(async () => written ?? (await readFacts()));
  const planned = once(async () => {
    const known = await facts();
    // Its warnings are the cluster's, and printed by themselves.
    return known.ok ? planRead(config, ok(known.value), world) : known;
  });
  return {
    file: options.config,
    config,
    offline: options.offline === true,
    world,
    proxies,
    azure,
    facts,
    planned,
    userData: once(async () => {
      const plan = await planned();
      return plan.ok ? userDataOf(plan.value, plan.value.plan, 'stock', outputOf(options)) : plan;
    }),
    apiServer: once(async () => {
      const known = await facts();
      if (!known.ok) throw new Error('the API server is asked before it is known');
      const url = new URL('/version', known.value.server);
      return await probe(url, { method: 'GET', ca: [known.value.ca], proxy: proxyFor(url, proxies) });
    }),
    entra: {
      authority: asks.endpoints.authority ?? clouds[asks.cloud].authority,
      ca: entraCa === '' ? undefined : [...rootCertificates, entraCa],
    },
  };
}
