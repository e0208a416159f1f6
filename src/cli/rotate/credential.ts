import { createPrivateKey } from 'node:crypto';
import type { ServicePrincipal } from '../../node/auth/service-principal.ts';
import { fileOf } from '../open-config.ts';
import type { PlannedConfig } from '../plan-config.ts';
import { snippetText } from './snippet.ts';
import type { SnippetFile } from './snippet.ts';

const folder = '/var/lib/kubelet';

/** All that a node signs in with as a service principal. */
const paths = new Set([
  '/etc/flexgen/entra.env',
  '/etc/flexgen/authority-ca.pem',
  ...['sh', 'env', 'primes'].map((name) => `${folder}/token.${name}`),
]);

/** The key as `join` makes it of its primes. */
function keyFile({ proof }: ServicePrincipal, { texts }: PlannedConfig): readonly SnippetFile[] {
  if (proof.kind !== 'certificate') return [];
  const key = createPrivateKey(fileOf(texts)(proof.pem));
  const content = key.export({ type: 'pkcs1', format: 'pem' }).toString();
  return [{ path: `${folder}/token.key`, mode: 0o600, content }];
}

/** What gives a running node what it signs in with from now on. */
export function credentialSnippet(auth: ServicePrincipal, planned: PlannedConfig): string {
  const files = planned.plan.files.filter(({ path }) => paths.has(path));
  return snippetText({
    title: `what nodes of ${planned.facts.name} sign in with as ${auth.clientId}, replaced while they run`,
    body: 'credential',
    files: [...files, ...keyFile(auth, planned)],
  });
}
