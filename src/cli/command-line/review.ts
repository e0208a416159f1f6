import type { Command } from 'commander';
import type { InspectOptions } from '../commands/inspect.ts';
import { json } from './options.ts';
import type { Stage } from './options.ts';

/** What a payload would do to a machine. */
export function defineReview(program: Command, { world, finish }: Stage): void {
  program
    .command('inspect')
    .description(
      'say what a payload would do to a machine, in whatever envelope and whoever made it; nothing is run',
    )
    .argument('<file>', 'the payload, or `-` for standard input')
    .option(...json('the report'))
    .action(async (file: string, options: InspectOptions) => {
      finish(await (await import('../commands/inspect.ts')).inspect(file, options, world));
    });
}
