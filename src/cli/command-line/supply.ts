import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import type { BundleOptions } from '../commands/bundle.ts';
import type { LockOptions } from '../commands/lock.ts';
import { cloud, config, examples, json } from './options.ts';
import type { Stage } from './options.ts';

/** More minors than any cluster's life needs. */
const widest = 10;

type Wish = NonNullable<LockOptions['kubernetes']>[number];

/** `1.36.4`, `1.36` (its newest release) or `1.35-1.37` (the newest of each); the option may be given more than once. */
function readVersions(text: string, before: readonly Wish[] = []): readonly Wish[] {
  if (/^1\.\d{1,3}\.\d{1,3}$/.test(text)) return [...before, { version: text }];
  const [, from, to = from] = /^1\.(\d{1,3})(?:-1\.(\d{1,3}))?$/.exec(text) ?? [];
  const [first, last] = [Number(from), Number(to)];
  if (from === undefined || last < first || last - first >= widest) {
    throw new InvalidArgumentError(
      'Write a version like 1.36.4, a minor like 1.36 or a range like 1.35-1.37.',
    );
  }
  return [...before, { minors: Array.from({ length: last - first + 1 }, (_, index) => first + index) }];
}

const arch = () =>
  new Option('--arch <arch>', 'one architecture alone (default: both)').choices(['amd64', 'arm64']);

/** What machines download: its versions and digests, and a mirror of it. */
export function defineSupply(program: Command, { world, finish }: Stage): void {
  program
    .command('lock')
    .description(
      'write the URLs and digests of all that the nodes download to the lock file, as upstream has them',
    )
    .option(...config)
    .option(
      '-o, --out <file>',
      'the lock file (default: artifacts.lock of the config, else flexgen.lock.json beside it)',
    )
    .addOption(
      new Option(
        '-k, --kubernetes <version>',
        '1.36.4, 1.36 (its newest release) or 1.35-1.37 (the newest of each); may be repeated (default: the config’s, else the cluster’s)',
      ).argParser(readVersions),
    )
    .addOption(arch())
    .option('--check', 'write nothing; exit with 5 if the file is not as upstream publishes it')
    .option(...json('the changes'))
    .addOption(cloud())
    .addHelpText(
      ...examples(
        ['flexgen lock', 'what the config’s nodes download, with digests'],
        ['flexgen lock --kubernetes 1.35-1.37', 'for clusters of three minors'],
        ['flexgen lock --check', 'whether upstream still has it so'],
      ),
    )
    .action(async (options: LockOptions) => {
      finish(await (await import('../commands/lock.ts')).lock(options, world));
    });
  program
    .command('bundle')
    .description(
      'download all that the lock file names into a folder, verified: a mirror to serve or to carry',
    )
    .requiredOption(
      '-o, --out <folder>',
      'the folder; what is there and right is left alone, what is cut off goes on',
    )
    .option(...config)
    .option('-l, --lock <file>', 'the lock file (default: the config’s); with it no config is needed')
    .addOption(arch())
    .option('--oci', 'make it an OCI image layout too, for `skopeo copy oci:FOLDER:flexgen docker://…`')
    .option(...json('the files'))
    .addHelpText(
      ...examples(
        ['flexgen bundle --out mirror', 'a folder to serve, or to carry'],
        ['flexgen bundle --lock flexgen.lock.json --out mirror --oci', 'for a registry, without a config'],
      ),
    )
    .action(async (options: BundleOptions) => {
      finish(await (await import('../commands/bundle.ts')).bundle(options, world));
    });
}
