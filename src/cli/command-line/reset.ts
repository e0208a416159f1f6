import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import type { ResetOptions } from '../reset/carry-out.ts';
import { cloud, config, context, examples, json, kubeconfig, nodesFile, timeout } from './options.ts';
import type { Stage } from './options.ts';

function readSeconds(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Write it in whole seconds.');
}

/** The way out again. */
export function defineReset(program: Command, { world, finish }: Stage): void {
  program
    .command('reset')
    .description(
      'take nodes out of their cluster: drain and delete them, revoke and remove what they sign in with; print the line for the machine',
    )
    .argument('[nodes...]', 'their names (default: the config’s)')
    .option(...config)
    .option(...nodesFile)
    .option('--dry-run', 'print what would be done, and do nothing')
    .option('--force', 'end pods that nothing makes anew, and all pods of a machine that is not Ready')
    .addOption(timeout('how long to wait for the pods of a node to end'))
    .addOption(new Option('--grace-period <seconds>', 'in place of each pod’s own').argParser(readSeconds))
    .option(...json('what was done'))
    .option(...kubeconfig)
    .option(...context)
    .addOption(cloud())
    .addHelpText(
      ...examples(
        ['flexgen reset --dry-run', 'what would be done'],
        ['flexgen reset | ssh edge-01 bash', 'the node, then its machine'],
        ['flexgen reset edge-07 edge-08 --nodes edge.csv', 'two of a fleet'],
        ['flexgen reset --force', 'the machine is off for good'],
      ),
    )
    .action(
      async (
        nodes: readonly string[],
        options: Omit<ResetOptions, 'gracePeriod'> & { gracePeriod?: number },
      ) => {
        const { gracePeriod = null, ...rest } = options;
        finish(await (await import('../commands/reset.ts')).reset(nodes, { ...rest, gracePeriod }, world));
      },
    );
}
