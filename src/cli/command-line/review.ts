import { Option } from 'commander';
import type { Command } from 'commander';
import type { DiffOptions } from '../commands/diff.ts';
import type { InspectOptions } from '../commands/inspect.ts';
import { examples, json, out } from './options.ts';
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
    .addOption(
      new Option('--html', 'print the report as one page, which needs nothing else').conflicts('json'),
    )
    .addOption(
      new Option('--sbom', 'print what it installs as a bill of materials, in CycloneDX 1.6').conflicts([
        'json',
        'html',
      ]),
    )
    .option(...out)
    .addHelpText(
      ...examples(
        ['flexgen inspect user-data.yaml', 'what it does to a machine, its secrets masked'],
        ['flexgen cloud-init | flexgen inspect -', 'before it is used'],
        ['flexgen inspect user-data.yaml --sbom > sbom.json', 'what it installs'],
      ),
    )
    .action(async (file: string, options: InspectOptions) => {
      finish(await (await import('../commands/inspect.ts')).inspect(file, options, world));
    });
  program
    .command('diff')
    .description('say what differs inside two payloads, file by file; exit with 5 if anything does')
    .argument('<a>', 'a payload, or `-` for standard input')
    .argument('<b>', 'another one')
    .option(...json('the differences'))
    .addHelpText(
      ...examples(
        ['flexgen diff old.yaml new.yaml', 'what another version makes of it'],
        ['flexgen diff old.yaml - --json', 'against what is piped in, for a program'],
      ),
    )
    .action(async (before: string, after: string, options: DiffOptions) => {
      finish(await (await import('../commands/diff.ts')).diff([before, after], options, world));
    });
}
