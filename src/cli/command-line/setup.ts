import type { Command } from 'commander';
import type { PlanOptions } from '../commands/cluster.ts';
import type { VerifyOptions } from '../commands/identity-verify.ts';
import type { IdentityOptions } from '../commands/identity.ts';
import { check, cloud, config, context, examples, json, kubeconfig, replace } from './options.ts';
import type { Stage } from './options.ts';

const verbs = {
  plan: 'print what `apply` would change',
  apply: 'make it so; what is as it should be is left alone',
} as const;

/** How each is called; `whose` is what it makes and takes back. */
const calls = (name: 'identity' | 'cluster', whose: string) =>
  ({
    plan: [
      [`flexgen ${name} plan`, 'what `apply` would make or change'],
      [`flexgen ${name} plan --check`, 'in a pipeline: ends with 5 where there is anything'],
    ],
    apply: [[`flexgen ${name} apply --config edge.yaml`, `makes ${whose}`]],
    remove: [[`flexgen ${name} remove --config edge.yaml`, `takes back ${whose}`]],
  }) as const;

const identityCalls = calls('identity', 'what the node signs in with');
const clusterCalls = calls('cluster', 'what its nodes are granted');

function defineIdentity(program: Command, { world, finish }: Stage): void {
  const identity = program
    .command('identity')
    .description('what the node signs in with, and its role in Azure: see it, make it, take it back');
  for (const [verb, description] of [
    ['plan', verbs.plan],
    ['apply', verbs.apply],
    ['remove', 'take back what `apply` has made'],
  ] as const) {
    const command = identity
      .command(verb)
      .description(description)
      .option(...config)
      .option(...json('the changes'))
      .addOption(cloud())
      .addHelpText(...examples(...identityCalls[verb]));
    if (verb === 'plan') command.option(...check);
    if (verb !== 'remove') command.option(...replace);
    command.action(async (options: IdentityOptions) => {
      finish(await (await import('../commands/identity.ts')).identity(verb, options, world));
    });
  }
  identity
    .command('verify')
    .description('check it, and what the cluster grants it; exit with 5 if anything differs')
    .option(...config)
    .option(...json('what differs'))
    .option(...kubeconfig)
    .option(...context)
    .addOption(cloud())
    .addHelpText(
      ...examples(
        ['flexgen identity verify', 'has anybody tampered with it'],
        ['flexgen identity verify --json', 'what differs, for a program'],
      ),
    )
    .action(async (options: VerifyOptions) => {
      finish(await (await import('../commands/identity-verify.ts')).verifyIdentity(options, world));
    });
}

function defineCluster(program: Command, { world, finish }: Stage): void {
  const cluster = program
    .command('cluster')
    .description('what the config’s nodes are granted in the cluster: see it, make it so, take it back');
  for (const [verb, description] of [
    ['plan', verbs.plan],
    ['apply', verbs.apply],
    ['remove', 'take back what `apply` has made for this config’s identity'],
  ] as const) {
    const command = cluster
      .command(verb)
      .description(description)
      .option(...config)
      .option(...kubeconfig)
      .option(...context)
      .option(...json('the changes'))
      .addOption(cloud())
      .addHelpText(...examples(...clusterCalls[verb]));
    if (verb === 'plan') command.option(...check);
    command.action(async (options: PlanOptions) => {
      finish(await (await import('../commands/cluster.ts')).cluster(verb, options, world));
    });
  }
}

/** What `cloud-init` makes on its way, one by one. */
export function defineSetup(program: Command, stage: Stage): void {
  defineIdentity(program, stage);
  defineCluster(program, stage);
}
