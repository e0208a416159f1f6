import type { Command } from 'commander';
import type { CloudInitOptions } from '../commands/cloud-init.ts';
import type { FactsCommand } from '../commands/facts.ts';
import type { PreflightOptions } from '../preflight/situation.ts';
import type { ValidateOptions } from '../commands/validate.ts';
import {
  cloud,
  config,
  context,
  envelope,
  examples,
  image,
  json,
  kubeconfig,
  offline,
  out,
  replace,
  target,
  url,
} from './options.ts';
import type { Stage } from './options.ts';

/** From a config to a payload, and what is asked on the way. */
export function defineRender(program: Command, { world, finish }: Stage): void {
  program
    .command('cloud-init')
    .description('make ready what one machine joins with, and print the user-data that it boots with')
    .option(...config)
    .option(...out)
    .option('--dry-run', 'print what would be made in Azure and in the cluster, and make nothing')
    .option('--no-setup', 'only render: identity and cluster are made ready elsewhere')
    .option(...replace)
    .option(...offline)
    .option(...kubeconfig)
    .option(...context)
    .addOption(image('the machine is'))
    .addOption(target())
    .addOption(envelope())
    .option(...url)
    .option('--hosted <file>', 'write what that URL must serve to this file (0600)')
    .addOption(cloud())
    .addHelpText(
      ...examples(
        ['flexgen cloud-init > user-data.yaml', 'all that a join needs is made, then the payload printed'],
        ['flexgen cloud-init --dry-run', 'what that would make'],
        ['flexgen cloud-init --target aws --out user-data', 'as AWS takes it, or not at all'],
        [
          'flexgen cloud-init --image golden > user-data',
          'for a machine made from an image of `flexgen packer`',
        ],
        ['flexgen cloud-init --offline --no-setup', 'no network: facts and credentials are there'],
      ),
    )
    .action(async (options: CloudInitOptions) => {
      finish(await (await import('../commands/cloud-init.ts')).cloudInit(options, world));
    });
  program
    .command('validate')
    .description('check the config and all it names, and render in memory')
    .option(...config)
    .option(...json('the problems'))
    .option(...offline)
    .addOption(target())
    .addOption(envelope())
    .option(...url)
    .addOption(cloud())
    .addHelpText(
      ...examples(
        ['flexgen validate --config edge.yaml', 'every problem with its line'],
        ['flexgen validate --offline --json', 'in a pipeline, without a network'],
      ),
    )
    .action(async (options: ValidateOptions) => {
      finish(await (await import('../commands/validate.ts')).validate(options, world));
    });
  program
    .command('preflight')
    .description('check all that a join depends on, and say what mends it; nothing is changed')
    .option(...config)
    .option(...json('the findings'))
    .option('--offline', 'check only what needs no network')
    .addOption(target())
    .addOption(envelope())
    .option(...url)
    .addOption(cloud())
    .addHelpText(
      ...examples(
        ['flexgen preflight', 'what a join depends on, and what mends it'],
        ['flexgen preflight --target aws --json', 'in a pipeline, for one target'],
      ),
    )
    .action(async (options: PreflightOptions) => {
      finish(await (await import('../commands/preflight.ts')).preflight(options, world));
    });
  program
    .command('facts')
    .description('read a cluster from Azure and print its facts file, so that later renders need no network')
    .option('-c, --config <file>', 'the config (default: flexgen.yaml, if no --resource-id is given)')
    .option('-r, --resource-id <id>', 'the cluster, instead of the config’s')
    .option(...out)
    .addOption(cloud())
    .addHelpText(
      ...examples(
        ['flexgen facts --resource-id ID > aks1.facts.yaml', 'for `cluster: {facts: ./aks1.facts.yaml}`'],
        ['flexgen facts --config edge.yaml --out aks1.facts.yaml', 'the cluster that a config names'],
      ),
    )
    .action(async (options: FactsCommand) => {
      finish(await (await import('../commands/facts.ts')).facts(options, world));
    });
}
