import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import type { ArcSite } from './arc-site.ts';

/** Something that the operator must be allowed to do, and the least role that allows it. */
interface Right {
  readonly scope: string;
  readonly action: string;
  readonly role: string;
}

const machineRole = 'Azure Connected Machine Onboarding';

async function rightsOf({ id, role }: ArcSite): Promise<readonly Right[]> {
  const { groupIdOf } = await import('../../azure/index.ts');
  const scope = groupIdOf(id);
  const machines = ['read', 'write'].map((verb) => `Microsoft.HybridCompute/machines/${verb}`);
  const assign = {
    action: 'Microsoft.Authorization/roleAssignments/write',
    role: 'Role Based Access Control Administrator',
  };
  return [
    ...machines.map((action) => ({ scope, action, role: machineRole })),
    ...(role === null ? [] : [{ scope: role.scope, ...assign }]),
  ];
}

const lacking = ({ scope, action, role }: Right): Diagnostic => ({
  severity: 'error',
  code: 'azure/forbidden',
  path: 'auth',
  message: `who is signed in may not do ${action}; nothing was created`,
  hint: `the role ${role} grants it: \`az role assignment create --assignee OBJECT_ID --role "${role}" --scope ${scope}\``,
});

/**
 * Refuses, naming every role that is lacking, before anything is made. Where Azure does not say what the operator may
 * do, the requests themselves will tell.
 */
export async function refuseWithout(site: ArcSite): Promise<Result<null>> {
  const { permitted } = await import('../../azure/index.ts');
  const rights = await rightsOf(site);
  const scopes = [...new Set(rights.map(({ scope }) => scope))];
  const answers = await Promise.all(
    scopes.map(async (scope) => {
      const asked = rights.filter((right) => right.scope === scope);
      const actions = asked.map(({ action }) => action);
      const answer = await permitted(site.operator, scope, actions);
      return answer.ok ? asked.filter(({ action }) => answer.value.get(action) === false) : [];
    }),
  );
  const missing = answers.flat();
  return missing.length === 0 ? ok(null) : { ok: false, errors: missing.map(lacking) };
}
