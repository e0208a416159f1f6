import { Command, CommanderError, Option } from 'commander';
import { clouds } from '../config/clouds.ts';
import type { CloudInitOptions } from './commands/cloud-init.ts';
import type { FactsCommand } from './commands/facts.ts';
import type { IdentityOptions } from './commands/identity.ts';
import type { VerifyOptions } from './commands/identity-verify.ts';
import type { ValidateOptions } from './commands/validate.ts';
import type { PreflightOptions } from './preflight/situation.ts';
import { exitCodes } from './exit-codes.ts';
import type { ExitCode } from './exit-codes.ts';
import { version } from './version.ts';
import type { PlanOptions } from './commands/cluster.ts';
import type { World } from './world.ts';

const examples = `
Examples:
  flexgen cloud-init > user-data.yaml           user-data from ./flexgen.yaml
  flexgen cloud-init --config edge.yaml --out user-data.yaml
  flexgen facts --resource-id ID > aks1.facts.yaml
  flexgen validate --config edge.yaml           every problem with its line, nothing written
  flexgen preflight                             what a join depends on, and what mends it
  flexgen cluster plan                          what the nodes still lack in the cluster

Exit codes: 0 done, 1 a bug in flexgen, 2 wrong usage, 3 invalid config, 4 refused by Azure or the cluster, 5 a check failed`;

const cloud = () => new Option('--cloud <name>', 'the Azure cloud').choices(Object.keys(clouds));

function build(world: World, finish: (code: ExitCode) => void, pending: Promise<void>[]): Command {
  const program = new Command('flexgen')
    .description(
      'Turns an Ubuntu machine into a node of an AKS cluster: renders the user-data that it boots with.',
    )
    .version(version, '-V, --version', 'print the version')
    .addHelpText('after', examples)
    .showHelpAfterError('(`flexgen --help` shows the commands)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void pending.push(world.stdout.write(text)),
      writeErr: (text) => void pending.push(world.stderr.write(text)),
    });
  const config = ['-c, --config <file>', 'the config', 'flexgen.yaml'] as const;
  const replace = [
    '--replace',
    'delete an Arc machine of that name whose key is not here, and make it anew',
  ] as const;
  const kubeconfig = [
    '--kubeconfig <file>',
    'reach the cluster with this kubeconfig (default: by your sign-in to Azure, else as kubectl finds it)',
  ] as const;
  const context = ['--context <name>', 'the context of the kubeconfig'] as const;
  const offline = ['--offline', 'call nothing: the cluster must be inline or a facts file'] as const;
  program
    .command('cloud-init')
    .description('render the user-data of one machine on standard output')
    .option(...config)
    .option('-o, --out <file>', 'write it to this file (0600, whole or not at all)')
    .option('--dry-run', 'print what would be made in Azure and in the cluster, and make nothing')
    .option('--no-setup', 'only render: identity and cluster are made ready elsewhere')
    .option(...replace)
    .option(...offline)
    .option(...kubeconfig)
    .option(...context)
    .addOption(cloud())
    .action(async (options: CloudInitOptions) => {
      finish(await (await import('./commands/cloud-init.ts')).cloudInit(options, world));
    });
  program
    .command('validate')
    .description('check the config and all it names, and render in memory')
    .option(...config)
    .option('--json', 'print the problems as JSON on standard output')
    .option(...offline)
    .addOption(cloud())
    .action(async (options: ValidateOptions) => {
      finish(await (await import('./commands/validate.ts')).validate(options, world));
    });
  program
    .command('preflight')
    .description(
      'check everything that a machine’s join depends on, and say what mends it; nothing is changed',
    )
    .option(...config)
    .option('--json', 'print the findings as JSON on standard output')
    .option('--offline', 'check only what needs no network')
    .addOption(cloud())
    .action(async (options: PreflightOptions) => {
      finish(await (await import('./commands/preflight.ts')).preflight(options, world));
    });
  const grants = program
    .command('cluster')
    .description('what the config’s nodes are granted in the cluster: see it, make it so, take it back');
  for (const [verb, description] of [
    ['plan', 'print what `apply` would change'],
    ['apply', 'make it so; what is as it should be is left alone'],
    ['remove', 'take back what `apply` has made for this config’s identity'],
  ] as const) {
    const command = grants
      .command(verb)
      .description(description)
      .option(...config)
      .option(...kubeconfig)
      .option(...context)
      .option('--json', 'print the changes as JSON on standard output')
      .addOption(cloud());
    if (verb === 'plan') command.option('--check', 'exit with 5 if `apply` would change anything');
    command.action(async (options: PlanOptions) => {
      finish(await (await import('./commands/cluster.ts')).cluster(verb, options, world));
    });
  }
  const identity = program
    .command('identity')
    .description('what the node signs in with, and its role in Azure: see it, make it, take it back');
  for (const [verb, description] of [
    ['plan', 'print what `apply` would change'],
    ['apply', 'make it so; what is as it should be is left alone'],
    ['remove', 'take back what `apply` has made'],
  ] as const) {
    const command = identity
      .command(verb)
      .description(description)
      .option(...config)
      .option('--json', 'print the changes as JSON on standard output')
      .addOption(cloud());
    if (verb === 'plan') command.option('--check', 'exit with 5 if `apply` would change anything');
    if (verb !== 'remove')
      command.option(
        '--replace',
        'delete an Arc machine of that name whose key is not here, and make it anew',
      );
    command.action(async (options: IdentityOptions) => {
      finish(await (await import('./commands/identity.ts')).identity(verb, options, world));
    });
  }
  identity
    .command('verify')
    .description(
      'check the identity, its role in Azure and what the cluster grants it; exit with 5 if anything differs',
    )
    .option(...config)
    .option('--json', 'print what differs as JSON on standard output')
    .option(...kubeconfig)
    .option(...context)
    .addOption(cloud())
    .action(async (options: VerifyOptions) => {
      finish(await (await import('./commands/identity-verify.ts')).verifyIdentity(options, world));
    });
  program
    .command('facts')
    .description('read a cluster from Azure and print its facts file, so that later renders need no network')
    .option('-c, --config <file>', 'the config (default: flexgen.yaml, if no --resource-id is given)')
    .option('-r, --resource-id <id>', 'the cluster, instead of the config’s')
    .option('-o, --out <file>', 'write it to this file (0600, whole or not at all)')
    .addOption(cloud())
    .action(async (options: FactsCommand) => {
      finish(await (await import('./commands/facts.ts')).facts(options, world));
    });
  program
    .command('schema')
    .description('print the JSON Schema of the config, for editors')
    .action(async () => {
      finish(await (await import('./commands/schema.ts')).schema(world));
    });
  program
    .command('version')
    .description('print the version')
    .action(async () => {
      await world.stdout.write(`${version}\n`);
      finish(exitCodes.ok);
    });
  return program;
}

/** Runs one command line (without `node` and the script) and returns its exit code. Bugs are thrown. */
export async function run(argv: readonly string[], world: World): Promise<ExitCode> {
  let code: ExitCode = exitCodes.ok;
  const finish = (ended: ExitCode) => {
    code = ended;
  };
  // Help and usage errors are written behind commander's back; each write may fail.
  const pending: Promise<void>[] = [];
  try {
    await build(world, finish, pending).parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    finish(error.exitCode === 0 ? exitCodes.ok : exitCodes.usage);
  }
  await Promise.all(pending);
  return code;
}
