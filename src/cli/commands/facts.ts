import { formatFacts } from '../../config/index.ts';
import { defaultAzure } from '../../config/read/azure.ts';
import type { Overrides } from '../../config/load.ts';
import { resourceId as checkResourceId } from '../../config/values/resource-id.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { azureOperator } from '../azure-operator.ts';
import type { OperatorSource } from '../azure-operator.ts';
import { deliver } from '../deliver.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { openConfig } from '../open-config.ts';
import type { OpenConfig } from '../open-config.ts';
import { readCluster } from '../read-cluster.ts';
import { printDiagnostics, printProblem, printed } from '../report.ts';
import type { World } from '../world.ts';

export interface FactsCommand extends Overrides {
  /** Default: flexgen.yaml, unless a resource id is given. */
  readonly config?: string;
  /** Wins over the config's. */
  readonly resourceId?: string;
  readonly out?: string;
}

/** What is asked of Azure, and how. */
interface Question {
  readonly resourceId: string;
  readonly operator: OperatorSource;
  readonly located: OpenConfig['located'];
}

/** A problem that no file has: its path would say where nothing stands. */
function withoutPath(problem: Diagnostic): Diagnostic {
  const { path: _, ...rest } = problem;
  return rest;
}

const noResourceId: Diagnostic = {
  severity: 'error',
  code: 'cluster/no-resource-id',
  path: 'cluster',
  message: 'the config names no cluster of Azure',
  hint: 'say which: `--resource-id ID`, as `az aks show --query id` prints it',
};

async function question(command: FactsCommand, world: World): Promise<Result<Question>> {
  const { config, resourceId, cloud = defaultAzure.cloud } = command;
  if (config === undefined && resourceId !== undefined) {
    const operator = azureOperator(resourceId, { ...defaultAzure, cloud }, new Map(), world);
    return ok({ resourceId, operator, located: withoutPath });
  }
  const opened = await openConfig(config ?? 'flexgen.yaml', command, world);
  if (!opened.ok) return opened;
  const { loaded, inputs, located } = opened.value;
  const { azure, cluster } = loaded.spec;
  const id = resourceId ?? (cluster.kind === 'resource-id' ? cluster.resourceId : undefined);
  if (id === undefined) return { ok: false, errors: [located(noResourceId)] };
  const { texts, problems } = await inputs(azure);
  if (problems.length > 0) return { ok: false, errors: problems.map(located) };
  const operator = azureOperator(id, azure, texts, world);
  return ok({ resourceId: id, operator, located: resourceId === undefined ? located : withoutPath });
}

/** `flexgen facts`: what Azure knows of the cluster, as a facts file without a secret in it. */
export async function facts(options: FactsCommand, world: World): Promise<ExitCode> {
  const wrong = checkResourceId(options.resourceId ?? '');
  if (options.resourceId !== undefined && wrong !== undefined) {
    await printProblem(`--resource-id: ${wrong.message}`, wrong.hint ?? '', world);
    return exitCodes.usage;
  }
  const asked = await printed(await question(options, world), world);
  if (typeof asked === 'number') return asked;
  const { resourceId, operator, located } = asked.value;
  const read = await readCluster(resourceId, operator, world);
  await printDiagnostics((read.ok ? read.warnings : read.errors).map(located), world);
  if (!read.ok) return exitCodeOf(read.errors);
  const title = `flexgen facts --resource-id ${read.value.resourceId}`;
  return deliver(formatFacts(read.value.facts, title), options.out, world);
}
