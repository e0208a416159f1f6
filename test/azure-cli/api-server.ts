import { createServer } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { TestContext } from 'node:test';
import { close, open } from '../azure/server/http.ts';
import { material } from '../azure/server/material.ts';
import { objectPath } from '../../src/kubernetes/kinds.ts';
import { manager, managerLabel } from '../../src/kubernetes/object.ts';
import type { WantedObject } from '../../src/kubernetes/object.ts';
import { aksServerApplication } from '../azure/server/applications.ts';

/** The token of the workstation's config: the API server knows it, and lets nobody who has it look at anything. */
const bootstrapToken = 'abcdef.0123456789abcdef';

/** A cluster's API server with a few objects that nobody changes, for who has Entra's token for it. */
export interface ApiServer {
  readonly url: string;
  /** Method and path of each request. */
  readonly requests: readonly string[];
  /** There is a binding of a role to a subject, as if flexgen had made it; without a role it is gone. */
  bind(
    name: string,
    role: string | null,
    subject: { readonly kind: 'Group' | 'User'; readonly name: string },
  ): void;
  /** There is an object as flexgen makes it. */
  place(wanted: WantedObject): void;
  /** From now on the operator may do nothing: 403. */
  forbid(): void;
}

const rbac = 'rbac.authorization.k8s.io';

function audienceOf({ headers }: IncomingMessage): unknown {
  const [, claims = ''] = (headers.authorization ?? '').split('.');
  try {
    const { aud } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { aud?: unknown };
    return aud;
  } catch {
    return undefined;
  }
}

const status = (code: number, message: string) => ({
  code,
  body: { kind: 'Status', status: 'Failure', code, message },
});

/** Starts one with a certificate of the cluster's authority; it ends with the test. */
export async function startApiServer(t: TestContext): Promise<ApiServer> {
  const requests: string[] = [];
  const objects = new Map<string, object>();
  let forbidden = false;
  const answer = (request: IncomingMessage): { readonly code: number; readonly body: object } => {
    const { method, url = '', headers } = request;
    requests.push(`${method} ${url}`);
    if (headers.authorization === `Bearer ${bootstrapToken}`) return status(403, 'forbidden');
    if (audienceOf(request) !== aksServerApplication) return status(401, 'Unauthorized');
    if (forbidden) return status(403, 'clusterrolebindings is forbidden');
    if (url.startsWith('/api/v1/namespaces/kube-system/secrets?')) return { code: 200, body: { items: [] } };
    const object = objects.get(url);
    return object === undefined ? status(404, 'not found') : { code: 200, body: object };
  };
  const { apiServer } = await material();
  const server = createServer(apiServer, (request, response) => {
    const { code, body } = answer(request);
    response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const port = await open(server);
  t.after(() => close(server));
  const place: ApiServer['place'] = ({ kind, namespace, name, labels, content }) => {
    const ours = { ...labels, [managerLabel]: manager };
    const metadata = { name, uid: name, resourceVersion: '1', labels: ours };
    objects.set(objectPath({ kind, namespace, name }), { kind, metadata, ...content });
  };
  return {
    url: `https://127.0.0.1:${port}`,
    requests,
    bind(name, role, subject) {
      const id = { kind: 'ClusterRoleBinding', namespace: null, name } as const;
      if (role === null) return void objects.delete(objectPath(id));
      const roleRef = { apiGroup: rbac, kind: 'ClusterRole', name: role };
      place({ ...id, labels: {}, content: { roleRef, subjects: [{ apiGroup: rbac, ...subject }] } });
    },
    place,
    forbid: () => {
      forbidden = true;
    },
  };
}

const csr = 'system:certificates.k8s.io:certificatesigningrequests';

/** What `flexgen cluster apply` makes for nodes that join with a bootstrap token. */
export function bindForTokens({ bind }: ApiServer): void {
  const joining = { kind: 'Group', name: 'system:bootstrappers:flexgen' } as const;
  bind('flexgen:node-bootstrapper:bootstrap-token', 'system:node-bootstrapper', joining);
  bind('flexgen:nodeclient:bootstrap-token', `${csr}:nodeclient`, joining);
  bind('flexgen:selfnodeclient', `${csr}:selfnodeclient`, { kind: 'Group', name: 'system:nodes' });
}
