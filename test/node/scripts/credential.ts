import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { NodeFile } from '../../../src/node/plan.ts';
import { createRig } from '../../cli/run.ts';
import type { Outcome } from '../../cli/run.ts';
import { sampleFiles } from '../../cli/sample.ts';
import { planIn } from '../../render/starters.ts';
import { createMachine } from './shell.ts';
import type { Machine } from './shell.ts';

export const tokenScript = '/var/lib/kubelet/token.sh';

/** The files of a node whose `auth` is these lines, as the plan has them. */
export async function planAuth(
  t: TestContext,
  auth: string,
  files: Readonly<Record<string, string>> = {},
): Promise<readonly NodeFile[]> {
  const config = `apiVersion: flexgen/v1
cluster: { facts: facts.yaml }
node: { name: edge-01 }
auth: ${auth}
network: { mode: external }
`;
  const rig = createRig(t, { ...sampleFiles, ...files, 'flexgen.yaml': config });
  return (await planIn(rig.folder, 'flexgen.yaml')).files;
}

/** A machine that has what kubelet gets its tokens with, in which `change` has a say. */
export function machineWithToken(
  t: TestContext,
  files: readonly NodeFile[],
  change = (text: string) => text,
): Machine {
  const machine = createMachine(t);
  for (const file of files.filter(({ path }) => /^\/var\/lib\/kubelet\/token\.|\/entra\.env$/.test(path)))
    machine.put({ ...file, content: change(file.content) });
  machine.write('/proc/sys/kernel/random/uuid', '6f1b1f9a-3a52-4b1c-8a0e-0f6d3c5b7a91\n');
  return machine;
}

export const askToken = async (machine: Machine): Promise<Outcome> =>
  await machine.bash(`exec .${tokenScript}`);

/** The token and its end of an outcome that must be a credential for kubelet and nothing else. */
export function credentialOf({ exitCode, stdout, stderr }: Outcome): { token: string; ends: number } {
  assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
  const credential = JSON.parse(stdout) as { status: { token: string; expirationTimestamp: string } };
  const { token, expirationTimestamp } = credential.status;
  assert.match(expirationTimestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  assert.deepEqual(credential, {
    apiVersion: 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    status: { token, expirationTimestamp },
  });
  return { token, ends: Date.parse(expirationTimestamp) / 1000 };
}

/** Who a token of the stand-in says that it is for. */
export function objectIdOf(token: string): unknown {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
    oid?: unknown;
  };
  return claims.oid;
}
