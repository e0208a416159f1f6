import type { Command } from 'commander';
import type { MigrateOptions } from '../commands/migrate.ts';
import { json, out } from './options.ts';
import type { Stage } from './options.ts';

/** The first config. */
export function defineBegin(program: Command, { world, finish }: Stage): void {
  program
    .command('migrate')
    .description(
      'print AKSFlexNode’s config.json as a config, and what has become of each field; exit with 5 if one can’t be kept',
    )
    .argument('<file>', 'a config.json of February or July 2026, or `-` for standard input')
    .option(...out)
    .option('--force', 'replace the file that is there')
    .option(...json('the config and the report'))
    .action(async (file: string, options: MigrateOptions) => {
      finish(await (await import('../commands/migrate.ts')).migrate(file, options, world));
    });
}
