import type { ApiServer } from './api-server.ts';
import { fieldsIn } from './json.ts';
import { unlessForbidden } from './refused.ts';

/** Something that the operator must be allowed to do. */
export interface Permission {
  readonly verb: string;
  /** Empty: the core API. */
  readonly group: string;
  /** `pods/eviction` with what is done to it. */
  readonly resource: string;
  /** null: in every namespace. */
  readonly namespace: string | null;
}

/** The permission in the words of a refusal: `delete secrets in kube-system`. */
export const permissionText = ({ verb, resource, namespace }: Permission): string =>
  `${verb} ${resource}${namespace === null ? '' : ` in ${namespace}`}`;

async function isAllowed(api: ApiServer, permission: Permission): Promise<boolean> {
  const { verb, group, namespace } = permission;
  const [resource, subresource] = permission.resource.split('/');
  const resourceAttributes = {
    verb,
    group,
    resource,
    ...(subresource === undefined ? {} : { subresource }),
    ...(namespace === null ? {} : { namespace }),
  };
  const answer = await unlessForbidden(
    api.call({
      verb: 'create',
      resource: 'selfsubjectaccessreviews',
      path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes },
      },
    }),
  );
  // Who may not even ask hears it from the requests themselves.
  return answer === null || fieldsIn(answer, 'status')['allowed'] === true;
}

/** Those that the operator lacks, in their order. Throws ClusterRefused. */
export async function lackedPermissions(
  api: ApiServer,
  permissions: readonly Permission[],
): Promise<readonly Permission[]> {
  const allowed = await Promise.all(permissions.map((permission) => isAllowed(api, permission)));
  return permissions.filter((_, index) => allowed[index] === false);
}
