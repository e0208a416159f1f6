import { Option } from 'commander';
import type { Command } from 'commander';
import type { InitOptions } from '../commands/init.ts';
import type { MigrateOptions } from '../commands/migrate.ts';
import { machines, modes, systems } from '../init/answers.ts';
import { examples, force, json, out } from './options.ts';
import type { Stage } from './options.ts';

/** The first config. */
export function defineBegin(program: Command, { world, finish }: Stage): void {
  program
    .command('init')
    .description('write a first config: asks a few questions at a terminal, or takes what the options say')
    .option('-o, --out <file>', 'the config', 'flexgen.yaml')
    .option('-r, --resource-id <id>', 'the cluster’s Azure resource id')
    .addOption(
      new Option('--facts <file>', 'the cluster’s facts file, in place of its id').conflicts('resourceId'),
    )
    .addOption(new Option('--mode <mode>', 'how the machine signs in').choices(modes))
    .option('--client-id <id>', 'of the service principal')
    .option('--tenant-id <id>', 'of the service principal')
    .option('--name <name>', 'the node’s name (default: the machine’s own host name)')
    .addOption(new Option('--os <name>', 'the machine’s system').choices(systems))
    .addOption(new Option('--arch <arch>', 'its architecture; auto: decided at boot').choices(machines))
    .option('--pod-cidr <cidr>', 'this node’s own range of pod addresses (default: as the cluster has it)')
    .option('-y, --yes', 'ask nothing: what no option says is as it usually is')
    .option(...force)
    .option('--starter', 'list the complete configs to start from, and when to use each')
    .addHelpText(
      ...examples(
        ['flexgen init', 'asks for what it must know'],
        ['flexgen init --resource-id ID --mode arc --name edge-01 --yes', 'asks nothing'],
        ['flexgen init --starter', 'complete configs to copy'],
      ),
    )
    .action(async (options: InitOptions) => {
      finish(await (await import('../commands/init.ts')).init(options, world));
    });
  program
    .command('migrate')
    .description(
      'print AKSFlexNode’s config.json as a config, and what has become of each field; exit with 5 if one can’t be kept',
    )
    .argument('<file>', 'a config.json of February or July 2026, or `-` for standard input')
    .option(...out)
    .option(...force)
    .option(...json('the config and the report'))
    .addHelpText(
      ...examples(
        [
          'flexgen migrate config.json > flexgen.yaml',
          'the config; what became of each field is said beside it',
        ],
        ['flexgen migrate config.json --json', 'both, for a program'],
      ),
    )
    .action(async (file: string, options: MigrateOptions) => {
      finish(await (await import('../commands/migrate.ts')).migrate(file, options, world));
    });
}
