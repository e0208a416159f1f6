import type { Command } from 'commander';
import type { RotateOptions } from '../commands/rotate.ts';
import { cloud, config, context, examples, json, kubeconfig, nodesFile, out } from './options.ts';
import type { Stage } from './options.ts';

/** What nodes sign in with and whom they trust, replaced while they run. */
export function defineRotate(program: Command, { world, finish }: Stage): void {
  program
    .command('rotate')
    .description(
      'replace what nodes sign in with, once the config names the new one: prove it, and print what installs it on a node; bootstrap tokens are made anew, and the old ones revoked',
    )
    .option('--ca', 'the cluster’s CA instead: trusted beside those that the node trusts')
    .option('--only', 'with `--ca`: trust no other any more, and have the node’s certificate renewed')
    .option(...config)
    .option(...nodesFile)
    .option(...out)
    .option(...json('what was made in the cluster'))
    .option(...kubeconfig)
    .option(...context)
    .addOption(cloud())
    .addHelpText(
      ...examples(
        ['flexgen rotate | ssh edge-01 sudo bash -s', 'the new secret or certificate, on a node that runs'],
        ['flexgen rotate --ca | ssh edge-01 sudo bash -s', 'before the cluster has its new CA, or after'],
        ['flexgen rotate --ca --only | ssh edge-01 sudo bash -s', 'once it has no other'],
        ['flexgen rotate', 'bootstrap tokens: new ones, and an end to the old'],
      ),
    )
    .action(async (options: RotateOptions) => {
      finish(await (await import('../commands/rotate.ts')).rotate(options, world));
    });
}
