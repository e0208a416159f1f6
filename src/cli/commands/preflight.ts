import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { readConfig } from '../read-config.ts';
import { failures, needs } from '../preflight/check.ts';
import type { CheckName } from '../preflight/check.ts';
import { checkList } from '../preflight/checks/index.ts';
import { isTooBig } from '../preflight/checks/payload.ts';
import { reportJson, reportText, summary } from '../preflight/report.ts';
import { runChecks } from '../preflight/run.ts';
import type { Finding } from '../preflight/run.ts';
import { situationOf } from '../preflight/situation.ts';
import type { PreflightOptions, Situation } from '../preflight/situation.ts';
import { withProgress } from '../progress.ts';
import { printDiagnostics } from '../report.ts';
import type { World } from '../world.ts';

const isError = ({ severity }: Diagnostic): boolean => severity === 'error';

/** Where the config itself is wrong there is nothing else to ask. */
function invalid(errors: readonly Diagnostic[]): readonly Finding[] {
  return checkList.map(([name, { why }]) => ({
    name,
    why,
    outcomes: name === 'config' ? failures(errors) : needs('config'),
  }));
}

/** What the checks met on their way: warnings, and mistakes of the config with their places. */
async function diagnostics({ config, facts, planned, userData }: Situation): Promise<readonly Diagnostic[]> {
  const known = await facts();
  // Refusals stand in the report.
  if (!known.ok) return config.found.map(config.located);
  const plan = await planned();
  const rendered = await userData();
  const found = plan.ok ? plan.warnings : plan.errors;
  const ofPayload = plan.ok && !rendered.ok ? rendered.errors.filter((problem) => !isTooBig(problem)) : [];
  return [...known.warnings.map(config.located), ...found, ...ofPayload];
}

/** What is wrong with the config, or what it says does not suit the cluster, comes before everything else. */
const ofConfig: ReadonlySet<CheckName> = new Set(['config', 'versions'] as const);

function exitCode(findings: readonly Finding[]): ExitCode {
  const failed = findings.filter(({ outcomes }) => outcomes.some(({ state }) => state === 'failed'));
  if (failed.length === 0) return exitCodes.ok;
  return failed.some(({ name }) => ofConfig.has(name)) ? exitCodes.config : exitCodes.check;
}

/** `flexgen preflight`: every prerequisite, why it matters and what mends it. Nothing is created anywhere. */
export async function preflight(options: PreflightOptions, world: World): Promise<ExitCode> {
  const config = await readConfig(options.config, { ...options, asks: true }, world);
  const problems = config.ok ? config.value.found.map(config.value.located) : config.errors;
  if (!config.ok || problems.some(isError)) {
    await printDiagnostics(problems, world);
    if (options.json === true) await world.stdout.write(reportJson(invalid(problems)));
    return exitCodes.config;
  }
  // One thing at a time says on the terminal how long it takes.
  const silent = { ...world, stderr: { ...world.stderr, isTerminal: false } };
  const situation = await situationOf(config.value, options, silent);
  const list = checkList.filter(([, { online }]) => !online || options.offline !== true);
  const findings = await withProgress(`checking ${options.config}`, world, () => runChecks(list, situation));
  await printDiagnostics(await diagnostics(situation), world);
  await world.stdout.write(options.json === true ? reportJson(findings) : reportText(findings, world));
  if (options.json !== true) await world.stderr.write(`${options.config}: ${summary(findings)}\n`);
  return exitCode(findings);
}
