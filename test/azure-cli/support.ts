import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { startAzure } from '../azure/server/start.ts';
import type { Azure, AzureOptions } from '../azure/server/azure.ts';
import { execute, program } from '../cli/run.ts';

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A local Azure, a folder with a config for it, and the built flexgen. */
export interface Workstation {
  readonly azure: Azure;
  readonly dir: string;
  /** Writes edge.yaml: a whole config of the cluster, with these parts in place of its own. */
  configure(parts?: Readonly<Record<string, unknown>>): Promise<void>;
  /** The `azure` section that leads to the local Azure, with these parts added. */
  section(parts?: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended>;
}

/** Runs node with arguments, and an environment of what is given and PATH. */
export async function runNode(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  const { exitCode, stdout, stderr } = await execute(process.execPath, args, { cwd, env });
  return { code: exitCode, stdout, stderr };
}

/** Starts it all; the test's end checks that no request was one that no correct client sends, and stops it. */
export async function workstation(t: TestContext, options?: AzureOptions): Promise<Workstation> {
  const azure = await startAzure(options);
  const dir = await mkdtemp(join(tmpdir(), 'flexgen-cli-'));
  t.after(async () => {
    await azure.stop();
    await rm(dir, { recursive: true });
    assert.deepEqual(azure.violations, []);
  });
  await writeFile(join(dir, 'token'), 'abcdef.0123456789abcdef');
  const endpoints = {
    resourceManager: azure.endpoint,
    authority: azure.authorityHost,
    ca: { file: azure.caFile },
  };
  const station: Workstation = {
    azure,
    dir,
    section: (parts) => ({ endpoints, ...parts }),
    async configure(parts) {
      const config = {
        apiVersion: 'flexgen/v1',
        cluster: { resourceId: azure.resourceId },
        auth: { mode: 'bootstrap-token', token: { file: 'token' } },
        node: { name: 'edge-01' },
        network: { mode: 'bridge', podCIDR: '10.250.1.0/24' },
        azure: station.section(),
        ...parts,
      };
      // JSON is YAML. A key that is undefined is left out.
      await writeFile(join(dir, 'edge.yaml'), JSON.stringify(config, null, 2));
    },
    run: (args, env = {}) =>
      runNode([program, ...args], dir, {
        PATH: `${azure.commandLines.dir}:/usr/bin:/bin`,
        HOME: dir,
        AZURE_POD_IDENTITY_AUTHORITY_HOST: azure.imdsEndpoint,
        ...env,
      }),
  };
  await station.configure();
  return station;
}

/** What was asked of Resource Manager: method, last part of the path, status. */
export const asked = ({ requests }: Azure): string[] =>
  requests
    .filter(({ apiVersion, path }) => apiVersion !== null && path.startsWith('/subscriptions/'))
    .map(({ method, path, status }) => `${method} ${path.split('/').at(-1)} ${status}`);

/** The environment of a service principal with a secret. */
export const secretEnv = ({ credentials }: Azure): Record<string, string> => ({
  AZURE_CLIENT_ID: credentials.clientId,
  AZURE_TENANT_ID: credentials.tenantId,
  AZURE_CLIENT_SECRET: credentials.secret,
});

/** Reading, though POST: the cluster's kubeconfig and tokens. */
const reading = /\/(listClusterUserCredential|token)$/;

/** Gives the requests since it was last asked that change something there: method, last but one part of the path, status. */
export function writesTo({ requests }: Azure): () => readonly string[] {
  let seen = 0;
  return () => {
    const fresh = requests.slice(seen);
    seen = requests.length;
    return fresh
      .filter(({ method, path }) => method !== 'GET' && !reading.test(path))
      .map(({ method, path, status }) => `${method} ${path.split('/').at(-2)} ${status}`);
  };
}
