import { Command, CommanderError } from 'commander';
import { defineBegin } from './command-line/begin.ts';
import { defineCompletion } from './command-line/completion.ts';
import { defineFleet } from './command-line/fleet.ts';
import { definePacker } from './command-line/packer.ts';
import { defineRender } from './command-line/render.ts';
import { defineReset } from './command-line/reset.ts';
import { defineReview } from './command-line/review.ts';
import { defineRotate } from './command-line/rotate.ts';
import { defineSetup } from './command-line/setup.ts';
import { defineSupply } from './command-line/supply.ts';
import { defineWait } from './command-line/wait.ts';
import { examples } from './command-line/options.ts';
import type { Stage } from './command-line/options.ts';
import { exitCodes, exitMeanings } from './exit-codes.ts';
import type { ExitCode } from './exit-codes.ts';
import { version } from './version.ts';
import type { World } from './world.ts';

const overview = `
Examples:
  flexgen cloud-init > user-data.yaml           all that a join needs, then user-data from ./flexgen.yaml
  flexgen cloud-init --dry-run                  what that would make in Azure and in the cluster
  flexgen cloud-init --config edge.yaml --out user-data.yaml
  flexgen preflight                             what a join depends on, and what mends it
  flexgen packer --out build                    a folder for Packer: it bakes the golden image
  flexgen validate --config edge.yaml           every problem with its line, nothing written
  flexgen facts --resource-id ID > aks1.facts.yaml
  flexgen identity verify                       has anybody tampered with it
  flexgen render --nodes edge.csv --out out     a payload for each row of a table
  flexgen inspect user-data.yaml                what it does to a machine, its secrets masked
  flexgen bundle --out mirror                   all that machines download, for where there is no Internet
  flexgen wait                                  until the machine is a node that is Ready, or why it is not
  flexgen reset | ssh edge-01 bash              out of the cluster again, and its machine as it was

Exit codes: ${Object.entries(exitMeanings)
  .map((pair) => pair.join(' '))
  .join(', ')}`;

/** The command line's definitions; what it writes by itself is pending there. */
export function defineProgram({ world, finish }: Stage, pending: Promise<void>[]): Command {
  const program = new Command('flexgen')
    .description(
      'Turns an Ubuntu machine into a node of an AKS cluster: renders the user-data that it boots with.',
    )
    .version(version, '-V, --version', 'print the version')
    .addHelpText('after', overview)
    .showHelpAfterError('(`flexgen --help` shows the commands)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void pending.push(world.stdout.write(text)),
      writeErr: (text) => void pending.push(world.stderr.write(text)),
    });
  defineBegin(program, { world, finish });
  defineRender(program, { world, finish });
  defineFleet(program, { world, finish });
  definePacker(program, { world, finish });
  defineReview(program, { world, finish });
  defineSupply(program, { world, finish });
  defineSetup(program, { world, finish });
  defineWait(program, { world, finish });
  defineReset(program, { world, finish });
  defineRotate(program, { world, finish });
  program
    .command('schema')
    .description('print the JSON Schema of the config, for editors')
    .addHelpText(
      ...examples([
        'flexgen schema > schema.json',
        'then `# yaml-language-server: $schema=schema.json` as the config’s first line',
      ]),
    )
    .action(async () => {
      finish(await (await import('./commands/schema.ts')).schema(world));
    });
  defineCompletion(program, { world, finish });
  program
    .command('version')
    .description('print the version')
    .addHelpText(...examples(['flexgen version', 'the same as `flexgen --version`']))
    .action(async () => {
      await world.stdout.write(`${version}\n`);
      finish(exitCodes.ok);
    });
  return program;
}

/** Runs one command line (without `node` and the script) and returns its exit code. Bugs are thrown. */
export async function run(argv: readonly string[], world: World): Promise<ExitCode> {
  let code: ExitCode = exitCodes.ok;
  const finish = (ended: ExitCode) => {
    code = ended;
  };
  // Help and usage errors are written behind commander's back; each write may fail.
  const pending: Promise<void>[] = [];
  try {
    await defineProgram({ world, finish }, pending).parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    finish(error.exitCode === 0 ? exitCodes.ok : exitCodes.usage);
  }
  await Promise.all(pending);
  return code;
}
