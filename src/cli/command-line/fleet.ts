import { Option } from 'commander';
import type { Command } from 'commander';
import type { RenderOptions } from '../commands/render.ts';
import { parseShard } from '../fleet/shard.ts';
import {
  cloud,
  config,
  context,
  envelope,
  examples,
  image,
  kubeconfig,
  offline,
  replace,
  target,
} from './options.ts';
import type { Stage } from './options.ts';

/** One payload for each node of a fleet. */
export function defineFleet(program: Command, { world, finish }: Stage): void {
  program
    .command('render')
    .description(
      'write a payload for each node of a fleet into a folder; run it again to go on after an interrupt',
    )
    .requiredOption('-o, --out <folder>', 'the folder: NAME.yaml for each node (0600), and manifest.json')
    .option(...config)
    .option(
      '-n, --nodes <file>',
      'the nodes in CSV or JSON, - for standard input (default: the config’s `nodes`)',
    )
    .addOption(new Option('--shard <n/m>', 'only this part of the nodes, e.g. 3/8').argParser(parseShard))
    .option('--no-setup', 'only render: identities and cluster are made ready elsewhere')
    .option(...replace)
    .option(...offline)
    .option(...kubeconfig)
    .option(...context)
    .addOption(image('the machines are'))
    .addOption(target())
    .addOption(envelope())
    .addOption(cloud())
    .addHelpText(
      ...examples(
        ['flexgen render --out out', 'the nodes that the config lists'],
        ['flexgen render --nodes edge.csv --out out', 'a payload for each row of a table'],
        [
          'flexgen render --nodes edge.csv --out out --shard 3/8',
          'one of eight machines that share the work',
        ],
      ),
    )
    .action(async (options: RenderOptions) => {
      finish(await (await import('../commands/render.ts')).render(options, world));
    });
}
