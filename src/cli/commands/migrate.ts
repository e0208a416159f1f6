import { jsonDocument } from '../../encode/document.ts';
import { TooLargeFile, readBytes } from '../../io/bytes.ts';
import { UnreadableFile } from '../../io/text.ts';
import { deliver, mayReplace } from '../deliver.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { migrate as migrateText } from '../migrate/migrate.ts';
import { migrationReport } from '../migrate/report.ts';
import { printDiagnostics, printProblem } from '../report.ts';
import type { World } from '../world.ts';

export interface MigrateOptions {
  readonly out?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** Far more than any config has. */
const mostBytes = 1 << 20;

async function textOf(file: string, world: World): Promise<string | null> {
  const name = file === '-' ? 'standard input' : file;
  try {
    return (await readBytes(file, mostBytes, world)).toString('utf8').replace(/^\ufeff/, '');
  } catch (error) {
    if (error instanceof TooLargeFile)
      await printProblem(`${name} has more than 1 MiB`, 'name a config.json of AKSFlexNode', world);
    else if (error instanceof UnreadableFile)
      await printProblem(
        `can't read ${name}: ${error.reason}`,
        'name a config.json of AKSFlexNode, or `-` for standard input',
        world,
      );
    else throw error;
    return null;
  }
}

/** `flexgen migrate FILE`: AKSFlexNode's config as one of flexgen's, and what has become of each of its fields. */
export async function migrate(file: string, options: MigrateOptions, world: World): Promise<ExitCode> {
  const { out, force, json } = options;
  const free = out === undefined ? exitCodes.ok : await mayReplace(out, force, world);
  if (free !== exitCodes.ok) return free;
  const text = await textOf(file, world);
  if (text === null) return exitCodes.config;
  const migrated = migrateText(text, file === '-' ? 'standard input' : file);
  if (!migrated.ok) {
    await printDiagnostics(migrated.errors, world);
    return exitCodeOf(migrated.errors);
  }
  const { shape, config, fields, secrets } = migrated.value;
  if (json === true) await world.stdout.write(jsonDocument({ shape, config, fields, secrets }));
  const code = json === true && out === undefined ? exitCodes.ok : await deliver(config, out, world);
  if (code !== exitCodes.ok) return code;
  await printDiagnostics(migrated.warnings, world);
  if (json !== true) await world.stderr.write(migrationReport(migrated.value, file));
  if (out !== undefined) await world.stderr.write(`next: flexgen validate --config ${out}\n`);
  return fields.some(({ state }) => state === 'refused') ? exitCodes.check : exitCodes.ok;
}
