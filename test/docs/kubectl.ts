import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kept, OpenApiServer } from '../secrets/api-server.ts';
import type { Place } from './place.ts';

const bindings = '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings';

/** A kubectl that creates ClusterRoleBindings of these names for groups, in this cluster, and knows nothing else. */
export function kubectl({ folder, standIn }: Place, { put }: OpenApiServer, names: readonly string[]): void {
  const made = join(folder, '../kubectl');
  mkdirSync(made);
  standIn(
    'kubectl',
    `[[ $# == 5 && "$1 $2" == 'create clusterrolebinding' && $4 == --clusterrole=?* && $5 == --group=?* ]] || exit 1
printf '%s\\n' "\${4#--clusterrole=}" "\${5#--group=}" >'${made}'/"$3"`,
  );
  for (const name of names) {
    put(`${bindings}/${name}`, (): Kept | null => {
      if (!existsSync(join(made, name))) return null;
      const [role, group] = readFileSync(join(made, name), 'utf8').split('\n');
      const apiGroup = 'rbac.authorization.k8s.io';
      return {
        metadata: { name, uid: name, resourceVersion: '1' },
        roleRef: { apiGroup, kind: 'ClusterRole', name: role },
        subjects: [{ apiGroup, kind: 'Group', name: group }],
      };
    });
  }
}
