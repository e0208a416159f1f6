import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { imageSources } from '../../render/packer/sources/index.ts';
import type { PackerOptions } from '../commands/packer.ts';
import { cloud, config, examples, offline } from './options.ts';
import type { Stage } from './options.ts';

const kinds = imageSources.map(({ kind }) => kind);

/** `qemu,azure`; the option may also be given more than once. */
function readKinds(text: string, before: readonly string[] = []): readonly string[] {
  const wanted = text.split(',').map((kind) => kind.trim());
  const unknown = wanted.find((kind) => !kinds.includes(kind));
  if (unknown === undefined) return [...before, ...wanted];
  throw new InvalidArgumentError(
    `There is no source ${JSON.stringify(unknown)}; there are ${kinds.join(', ')}.`,
  );
}

/** From a config to what bakes an image. */
export function definePacker(program: Command, { world, finish }: Stage): void {
  program
    .command('packer')
    .description('write a folder that Packer takes as it is, to bake the golden image of these nodes')
    .requiredOption('-o, --out <folder>', 'the folder; it is written whole or not at all')
    .option(...config)
    .addOption(
      new Option(
        '-s, --source <kinds>',
        `what it is baked on; one or more, with commas between (default: those of image.sources, else ${kinds[0]})`,
      )
        .choices(kinds)
        .argParser(readKinds),
    )
    .option(...offline)
    .addOption(cloud())
    .addHelpText(
      ...examples(
        ['flexgen packer --out build && packer build build', 'the golden image, by QEMU'],
        ['flexgen packer --source azure,amazon --out build', 'for more than one cloud'],
      ),
    )
    .action(async (options: PackerOptions) => {
      finish(await (await import('../commands/packer.ts')).packer(options, world));
    });
}
