import { readFile } from 'node:fs/promises';

/** A request to the API server, from its audit log. */
export interface AuditEvent {
  readonly verb: string;
  readonly user: string;
  readonly groups: readonly string[];
  /** `certificatesigningrequests`, `pods/log`, …; empty for a path that is no resource. */
  readonly resource: string;
  readonly name: string;
  readonly path: string;
  readonly userAgent: string;
  /** HTTP status of the answer. */
  readonly status: number;
}

/** The `audit.k8s.io/v1` policy that records who asked for what, never a body. */
export const auditPolicy = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived', 'ResponseStarted'],
  rules: [{ level: 'Metadata' }],
};

interface RawEvent {
  readonly verb: string;
  readonly requestURI: string;
  readonly userAgent?: string;
  readonly user: { readonly username?: string; readonly groups?: readonly string[] };
  readonly objectRef?: { readonly resource?: string; readonly subresource?: string; readonly name?: string };
  readonly responseStatus?: { readonly code?: number };
}

/** The finished requests of an audit log, oldest first. A last line that is still being written is left out. */
export async function readAuditLog(file: string): Promise<readonly AuditEvent[]> {
  const text = await readFile(file, 'utf8');
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return lines.filter((line) => line !== '').map(event);
}

function event(line: string): AuditEvent {
  const raw: RawEvent = JSON.parse(line);
  const { verb, requestURI, userAgent, user, objectRef, responseStatus } = raw;
  const { resource = '', subresource, name = '' } = objectRef ?? {};
  return {
    verb,
    user: user.username ?? '',
    groups: user.groups ?? [],
    resource: subresource === undefined ? resource : `${resource}/${subresource}`,
    name,
    path: requestURI,
    userAgent: userAgent ?? '',
    status: responseStatus?.code ?? 0,
  };
}
