import type { Command } from 'commander';
import type { TimelineOptions } from '../commands/timeline.ts';
import type { WaitOptions } from '../commands/wait.ts';
import { cloud, config, context, examples, json, kubeconfig, nodesFile, timeout } from './options.ts';
import type { Stage } from './options.ts';

/** A join, as the cluster sees it, and as the machine saw it. */
export function defineWait(program: Command, { world, finish }: Stage): void {
  program
    .command('wait')
    .description('follow nodes until they are Ready, or say why they are not; exit with 5 if they are not')
    .argument('[nodes...]', 'their names (default: the config’s)')
    .option(...config)
    .option(...nodesFile)
    .addOption(timeout('how long to wait: `90s`, `15m`, `1h`; `0` looks once'))
    .option(
      '--revoke',
      'delete the bootstrap tokens of the nodes that are Ready: their payloads are worth nothing then',
    )
    .option(...json('how it went'))
    .option(...kubeconfig)
    .option(...context)
    .addOption(cloud())
    .addHelpText(
      ...examples(
        ['flexgen wait', 'the config’s nodes, for 15 minutes'],
        ['flexgen wait edge-01 --timeout 0', 'how far it is now'],
        ['flexgen wait --nodes edge.csv --revoke', 'a fleet, whose tokens go as its nodes come'],
      ),
    )
    .action(async (nodes: readonly string[], options: WaitOptions) => {
      finish(await (await import('../commands/wait.ts')).wait(nodes, options, world));
    });
  program
    .command('timeline')
    .description(
      'show where the time of a boot went: `ssh NODE flexgen-node status --json | flexgen timeline`',
    )
    .argument('[file]', 'what `flexgen-node status --json` has printed (default: standard input)', '-')
    .option(...json('the steps'))
    .addHelpText(
      ...examples(['ssh edge-01 flexgen-node status --json | flexgen timeline', 'where the time went']),
    )
    .action(async (file: string, options: TimelineOptions) => {
      finish(await (await import('../commands/timeline.ts')).timeline(file, options, world));
    });
}
