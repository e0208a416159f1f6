import { loadSpec } from '../../config/index.ts';
import { definitions } from '../definitions.ts';
import { deliver, mayReplace } from '../deliver.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Answers } from '../init/answers.ts';
import { askRest, withDefaults } from '../init/ask.ts';
import { starters } from '../init/starters.ts';
import { firstConfig } from '../init/text.ts';
import { printDiagnostics, printProblem } from '../report.ts';
import type { World } from '../world.ts';

export interface InitOptions extends Answers {
  readonly out: string;
  readonly force?: boolean;
  readonly yes?: boolean;
  readonly starter?: boolean;
}

async function listStarters(world: World): Promise<ExitCode> {
  const names = Object.keys(starters);
  const width = Math.max(...names.map((name) => name.length));
  for (const name of names) await world.stdout.write(`${name.padEnd(width)}  when ${starters[name] ?? ''}\n`);
  await world.stderr.write('they are complete configs, in templates/config of the package\n');
  return exitCodes.ok;
}

/** What the config is made of; or how the command ends without it. */
async function answersOf(options: InitOptions, world: World): Promise<Answers | ExitCode> {
  if (world.asks?.() === true && options.yes !== true) {
    const answers = await askRest(options, world);
    if (answers !== undefined) return answers;
    await printProblem('the answers ended too soon', 'nothing was written', world);
    return exitCodes.usage;
  }
  const { answers, missing } = withDefaults(options);
  if (missing.length === 0) return answers;
  const what = missing.map((flag) => (flag === '--resource-id' ? `${flag} (or --facts)` : flag)).join(', ');
  const hint =
    'name them: `flexgen init --resource-id ID --mode bootstrap-token`; at a terminal you are asked';
  await printProblem(`there is no terminal to ask at, and no ${what}`, hint, world);
  return exitCodes.usage;
}

/** `flexgen init`: the first config, from a few questions at a terminal or from options alone. */
export async function init(options: InitOptions, world: World): Promise<ExitCode> {
  const { out, force, starter } = options;
  if (starter === true) return await listStarters(world);
  const free = await mayReplace(out, force, world);
  if (free !== exitCodes.ok) return free;
  const answers = await answersOf(options, world);
  if (typeof answers === 'number') return answers;
  const text = firstConfig(answers);
  const loaded = loadSpec(text, out, definitions);
  if (!loaded.ok) {
    await printDiagnostics(loaded.errors, world);
    await world.stderr.write(`${out} was not written\n`);
    return exitCodes.config;
  }
  const code = await deliver(text, out, world);
  if (code !== exitCodes.ok) return code;
  await printDiagnostics(loaded.warnings, world);
  const config = out === 'flexgen.yaml' ? '' : ` --config ${out}`;
  await world.stderr.write(`wrote ${out}; next: flexgen preflight${config}\n`);
  return exitCodes.ok;
}
