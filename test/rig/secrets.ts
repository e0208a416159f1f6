import assert from 'node:assert/strict';
import { join } from 'node:path';
import { searchFolder, searcher } from '../secrets/search.ts';
import type { Secrets } from '../secrets/search.ts';
import { nowhere, onMachine } from '../secrets/on-machine.ts';
import type { Seen } from '../secrets/on-machine.ts';
import { signatureOf } from '../secrets/canaries.ts';
import { readTrace } from '../secrets/trace.ts';
import { on, patience } from './expect.ts';
import type { BootedNode, Stage } from './scenario.ts';

/** What is mounted there by others than the system is theirs: pods' volumes. */
const volatile = 'tar -cf - --one-file-system -C / run tmp dev/shm 2>/dev/null | gzip -1 | base64 -w0';

/** Where the journal is kept over a boot: what was written at the end is in its files alone. */
const isJournal = (path: string): boolean => path.startsWith('var/log/journal/');

/** Looks for secrets everywhere on a machine that is on, and ends with it off. */
export async function secretsOn(
  stage: Stage,
  node: BootedNode,
  secrets: Secrets,
): Promise<ReadonlyMap<string, Seen>> {
  const look = searcher(secrets);
  const journal = look(Buffer.from(await on(node, 'journalctl --no-pager -o export')));
  const memory = look(Buffer.from(await on(node, volatile), 'base64'));
  await node.machine.powerOff(patience(stage, 60));
  const console = look(Buffer.from(node.machine.console()));
  const tree = join(stage.dir, `${node.nodeName}-tree`);
  await node.machine.extractTree(tree);
  const files = await searchFolder(tree, secrets);
  const filesWith = (secret: string): readonly string[] => files.get(secret) ?? [];
  const started = node.trace === undefined ? [] : readTrace(node.trace, '/').started;
  const programs = started.map(({ argv, env }) => ({
    name: argv[0]?.split('/').at(-1) ?? '',
    argv: look(Buffer.from(argv.join('\0'))),
    env: look(Buffer.from(env.join('\0'))),
  }));
  const named = (where: 'argv' | 'env', secret: string): readonly string[] => [
    ...new Set(programs.filter((it) => it[where].includes(secret)).map(({ name }) => name)),
  ];
  return new Map(
    Object.keys(secrets).map((secret) => [
      secret,
      {
        arguments: named('argv', secret),
        environment: named('env', secret),
        journal: journal.includes(secret) || filesWith(secret).some(isJournal),
        console: console.includes(secret),
        memory: memory.includes(secret),
        files: filesWith(secret).filter((path) => !isJournal(path)),
      },
    ]),
  );
}

/** Each secret that the machine was given, and each token that Entra gave it, is where it may be and nowhere else. */
export async function forgetsItsSecrets(stage: Stage, node: BootedNode): Promise<void> {
  const given = node.identity.secrets;
  const tokens = 'access tokens of Entra';
  const secrets = {
    ...Object.fromEntries(given.map(({ text }, index) => [`${index}`, text])),
    [tokens]: stage.site.azure.issuedTokens().map(signatureOf),
    // The search itself finds what is there: the node's own name stands in its settings.
    name: node.nodeName,
  };
  const seen = await secretsOn(stage, node, secrets);
  for (const [index, { name }] of given.entries()) {
    const where = seen.get(`${index}`) ?? nowhere;
    // The rig hands it to the machine as a provider does, whose data is not flexgen's to forget.
    const files =
      name === 'federated token'
        ? where.files.filter((path) => !path.startsWith('var/lib/cloud/'))
        : where.files;
    assert.deepEqual({ name, ...where, files }, { name, ...onMachine[name].seen });
  }
  assert.deepEqual(seen.get(tokens), onMachine[tokens].seen);
  const own = seen.get('name') ?? nowhere;
  assert.deepEqual(
    [own.files.includes('etc/flexgen/node.env'), own.journal, own.console],
    [true, true, true],
  );
  if (node.trace !== undefined) assert.ok(own.arguments.includes('kubelet'), own.arguments.join(', '));
}
