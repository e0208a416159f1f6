import { assignCommand, assignments, machines } from '../../azure/least-roles.ts';
import { groupIdOf } from '../../azure/machine-id.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { callerOf } from '../caller.ts';
import type { ArcSite } from './arc-site.ts';

/** Something that the operator must be allowed to do, and the least role that allows it. */
interface Right {
  readonly scope: string;
  readonly action: string;
  readonly role: string;
  /** What it is done to. */
  readonly thing: string;
}

/** What is to be done: a machine is made, or one that is there is deleted first. */
export interface Deeds {
  readonly make: boolean;
  readonly replace: boolean;
}

function rightsOf({ id, role }: ArcSite, { make, replace }: Deeds): readonly Right[] {
  const onMachine = (verb: keyof typeof machines.roles): Right => ({
    scope: groupIdOf(id),
    action: machines.action(verb),
    role: machines.roles[verb],
    thing: `machine ${id.name}`,
  });
  const onRole = (verb: keyof typeof machines.roles): Right[] => {
    if (role === null) return [];
    const action = assignments.action(verb);
    return [{ scope: role.scope, action, role: assignments.role, thing: 'the cluster' }];
  };
  return [
    ...(make ? [onMachine('read'), onMachine('write'), ...onRole('read'), ...onRole('write')] : []),
    ...(replace ? [onMachine('delete'), ...onRole('delete')] : []),
  ];
}

function lacking({ scope, action, role, thing }: Right, who: string | null): Diagnostic {
  return {
    severity: 'error',
    code: 'azure/forbidden',
    path: 'auth',
    message: `${who ?? 'who is signed in'} may not do ${action} on ${thing}; nothing was changed`,
    hint: `the role ${role} grants it: ${assignCommand(who, role, scope)}`,
  };
}

/**
 * Refuses, naming every role that is lacking, before anything is made. Where Azure does not say what the operator may
 * do, the requests themselves will tell.
 */
export async function refuseWithout(site: ArcSite, deeds: Deeds): Promise<Result<null>> {
  const { permitted } = await import('../../azure/index.ts');
  const rights = rightsOf(site, deeds);
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
  if (missing.length === 0) return ok(null);
  const token = await site.operator.token();
  const who = token.ok ? callerOf(token.value.token).objectId : null;
  return { ok: false, errors: missing.map((right) => lacking(right, who)) };
}
