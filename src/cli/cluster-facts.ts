import type { ClusterFacts } from '../config/facts.ts';
import { parseFacts } from '../config/index.ts';
import type { Overrides } from '../config/load.ts';
import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import { ok } from '../diagnostics/diagnostic.ts';
import type { NodeSpec } from '../node/index.ts';
import type { OperatorSource } from './azure-operator.ts';
import { textOf } from './open-config.ts';
import type { Texts } from './open-config.ts';
import { readCluster } from './read-cluster.ts';
import type { World } from './world.ts';

/** Where the facts may come from. */
export interface FactsOptions extends Overrides {
  /** Call nothing. */
  readonly offline?: boolean;
}

const needsAzure: Diagnostic = {
  severity: 'error',
  code: 'cluster/offline',
  path: 'cluster.resourceId',
  message: 'with `--offline` a cluster can’t be read from Azure',
  hint: 'run `flexgen facts --out aks1.facts.yaml` once, and name that file: `cluster: {facts: aks1.facts.yaml}`',
};

/** What is known of the cluster, from where the config says. Calls Azure for a resource id alone. */
export async function clusterFacts(
  { cluster }: NodeSpec,
  texts: Texts,
  operator: OperatorSource,
  { offline }: FactsOptions,
  world: World,
): Promise<Result<ClusterFacts>> {
  switch (cluster.kind) {
    case 'resource-id': {
      if (offline === true) return { ok: false, errors: [needsAzure] };
      const read = await readCluster(cluster.resourceId, operator, world);
      return read.ok ? ok(read.value.facts, read.warnings) : read;
    }
    case 'facts-file':
      return parseFacts(textOf(texts)(cluster.facts), cluster.facts.file);
    case 'inline': {
      const ca = typeof cluster.ca === 'string' ? cluster.ca : textOf(texts)(cluster.ca);
      return ok({ ...cluster.facts, ca });
    }
  }
}
