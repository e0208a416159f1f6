import type { Access } from '../../src/azure/access.ts';
import { operatorOf } from '../../src/azure/index.ts';
import type { Operator } from '../../src/azure/index.ts';
import type { Diagnostic, Result } from '../../src/diagnostics/diagnostic.ts';
import type { Azure } from './server/azure.ts';

/** The stand-in's object id of the application that the operator is. */
export const who = '9a8b7c6d-5e4f-4031-a2b3-c4d5e6f70819';

/** Where the stand-in is, asked by its application with the secret. */
export function access({ endpoint, authorityHost, scope, caPem, credentials }: Azure): Access {
  const { clientId, tenantId, secret } = credentials;
  const principal = { clientId, tenantId, proof: { kind: 'secret', secret } } as const;
  return {
    cloud: 'public',
    resourceManager: endpoint,
    authority: authorityHost,
    scope,
    ca: caPem,
    tenantId: null,
    identity: { kind: 'service-principal', principal },
  };
}

/** An operator who does not wait, and the waits that were asked of him, in milliseconds. */
export function operator(azure: Azure): Operator & { readonly waits: readonly number[] } {
  const waits: number[] = [];
  const [, , subscriptionId = ''] = azure.resourceId.split('/');
  const wait = async (milliseconds: number) => waits.push(milliseconds);
  return { ...operatorOf(access(azure), subscriptionId, wait), waits };
}

/** The value, or what is refused: message and hint of each, in one line. */
export function outcome<T>(result: Result<T>): T | readonly string[] {
  const line = ({ code, path, message, hint }: Diagnostic) =>
    [`${code}${path === undefined ? '' : ` at ${path}`}: ${message}`, hint ?? ''].join(' → ');
  return result.ok ? result.value : result.errors.map(line);
}

/** What was asked of Resource Manager: method, path below the resource group, status. */
export const asked = ({ requests }: Azure): string[] =>
  requests
    .filter(({ apiVersion }) => apiVersion !== null)
    .map(({ method, path, status }) => {
      const below = path.replace(/^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\//, '');
      return `${method} ${below} ${status}`;
    });
