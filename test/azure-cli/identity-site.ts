import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { AzureOptions } from '../azure/server/azure.ts';
import { workstation, writesTo } from './support.ts';
import type { Ended, Workstation } from './support.ts';

/** A workstation with a config of this identity. */
export interface IdentitySite extends Workstation {
  /** Writes the config, of which only `auth` differs. */
  as(auth: Readonly<Record<string, unknown>>, parts?: Readonly<Record<string, unknown>>): Promise<void>;
  /** `flexgen identity ARGS`; nothing that it prints may hold a secret. */
  identity(args: string, env?: Readonly<Record<string, string>>): Promise<Ended>;
  /** What Azure was asked to change since the last call: method, last but one part of the path, status. */
  writes(): readonly string[];
}

/** Tokens and keys begin like this wherever they stand. */
const secretForms = /eyJ|MII[A-Za-z0-9+/]{16}|PRIVATE KEY/;

/** Fails where a text holds something secret. */
export function assertNoSecret({ stdout, stderr }: Ended, secrets: readonly string[]): void {
  for (const text of [stdout, stderr]) {
    assert.doesNotMatch(text, secretForms);
    for (const secret of secrets) assert.ok(!text.includes(secret), 'a secret is shown');
  }
}

export async function identitySite(
  t: TestContext,
  auth: Readonly<Record<string, unknown>> = { mode: 'arc' },
  options?: AzureOptions,
): Promise<IdentitySite> {
  const station = await workstation(t, options);
  const { azure } = station;
  const site: IdentitySite = {
    ...station,
    as: (mode, parts) => station.configure({ auth: mode, ...parts }),
    async identity(args, env) {
      const ended = await station.run(['identity', ...args.split(' '), '-c', 'edge.yaml'], env);
      assertNoSecret(ended, [azure.credentials.secret]);
      return ended;
    },
    writes: writesTo(azure),
  };
  await site.as(auth);
  return site;
}
