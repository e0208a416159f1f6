import type { AuthorizationManagementClient, RoleAssignment } from '@azure/arm-authorization';
import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import { ok } from '../diagnostics/diagnostic.ts';
import { armCall } from './arm-call.ts';
import type { ArmSettings } from './arm-call.ts';
import { codeOf } from './arm-problem.ts';
import { definitionOf, descriptionOf, grantAsk, nameOf, roles, subscriptionOf } from './grant.ts';
import type { Grant } from './grant.ts';
import type { Operator } from './operator.ts';
import { azureProblem } from './problem.ts';

/** An assignment that gives what a grant says. */
export interface Assignment {
  readonly id: string;
  readonly name: string;
  readonly principalId: string;
  /** Whether it has the name that flexgen gives it; else someone else made it. */
  readonly own: boolean;
}

/** How often an identity is asked for, in seconds between: a new one may be known within two minutes. */
const replication = { new: [1, 2, 4, 8, 16, 32, 60], old: [1, 2] } as const;

async function createClient(settings: ArmSettings, scope: string): Promise<AuthorizationManagementClient> {
  const { authorizationClient } = await import('./authorization-client.ts');
  return authorizationClient(settings, subscriptionOf(scope));
}

/** The SDK writes the slash before a scope itself. */
const scopeOf = ({ scope }: Pick<Grant, 'scope'>): string => scope.replace(/^\/+/, '');

/** What was at a scope has gone with it. */
const goneScope = new Set(['ResourceNotFound', 'ResourceGroupNotFound']);

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

function gives({ scope, roleDefinitionId, principalId }: RoleAssignment, grant: Grant): boolean {
  const roleId = roleDefinitionId?.split('/').at(-1) ?? '';
  return (
    same(scope ?? '', grant.scope) &&
    same(roleId, roles[grant.role].id) &&
    same(principalId ?? '', grant.principalId)
  );
}

/** What a list shows that gives what a grant says; `grantFor` makes the grant of each principal. */
function list(
  operator: Operator,
  scope: string,
  { filter, grantFor }: { readonly filter: string; readonly grantFor: (one: RoleAssignment) => Grant | null },
): Promise<Result<readonly Assignment[]>> {
  const ask = grantAsk({ scope }, 'read');
  return armCall(operator, ask, async (settings) => {
    const { roleAssignments } = await createClient(settings, scope);
    const found: Assignment[] = [];
    try {
      // It also shows what is assigned above or below.
      for await (const one of roleAssignments.listForScope(scopeOf({ scope }), { filter })) {
        const grant = grantFor(one);
        if (grant === null || !gives(one, grant)) continue;
        const { id = '', name = '' } = one;
        found.push({ id, name, principalId: grant.principalId, own: same(name, nameOf(grant)) });
      }
    } catch (error) {
      if (!goneScope.has(codeOf(error))) throw error;
    }
    return found;
  });
}

/** Looks for an assignment at the grant's own scope, whatever its name; null = there is none, or it is not listed yet. */
export async function readAssignment(operator: Operator, grant: Grant): Promise<Result<Assignment | null>> {
  const filter = `principalId eq '${grant.principalId}'`;
  const found = await list(operator, grant.scope, { filter, grantFor: () => grant });
  return found.ok ? ok(found.value[0] ?? null) : found;
}

/**
 * What flexgen has assigned to identities that a machine had; of one that is there, its own is among it. Azure keeps the
 * assignments of an identity that is no more.
 */
export async function machineAssignments(
  operator: Operator,
  wanted: Omit<Grant, 'principalId'>,
): Promise<Result<readonly Assignment[]>> {
  const description = descriptionOf(wanted);
  const grantFor = (one: RoleAssignment) =>
    same(one.description ?? '', description) ? { ...wanted, principalId: one.principalId ?? '' } : null;
  const found = await list(operator, wanted.scope, { filter: 'atScope()', grantFor });
  return found.ok ? ok(found.value.filter(({ own }) => own)) : found;
}

type Outcome = 'created' | 'exists' | 'unknown principal';

async function attempt(client: AuthorizationManagementClient, grant: Grant): Promise<Outcome> {
  let status = 0;
  try {
    await client.roleAssignments.create(
      scopeOf(grant),
      nameOf(grant),
      {
        principalId: grant.principalId,
        roleDefinitionId: definitionOf(grant),
        // Without it Azure looks in a directory that may not know a new identity yet.
        principalType: 'ServicePrincipal',
        description: descriptionOf(grant),
      },
      {
        onResponse: (response) => {
          ({ status } = response);
        },
      },
    );
  } catch (error) {
    const code = codeOf(error);
    if (code === 'PrincipalNotFound') return 'unknown principal';
    // The same grant has another name.
    if (code === 'RoleAssignmentExists') return 'exists';
    throw error;
  }
  return status === 201 ? 'created' : 'exists';
}

/** Makes way for an assignment whose name is taken by an identity that is no more: it was made anew. */
async function create(client: AuthorizationManagementClient, grant: Grant): Promise<Outcome> {
  try {
    return await attempt(client, grant);
  } catch (error) {
    if (codeOf(error) !== 'RoleAssignmentUpdateNotPermitted') throw error;
    await client.roleAssignments.delete(scopeOf(grant), nameOf(grant));
    return attempt(client, grant);
  }
}

function unknownPrincipal({ principalId }: Grant, age: keyof typeof replication): Diagnostic {
  const message = `Azure does not know the identity ${principalId}`;
  const isNew = age === 'new';
  const hint = isNew
    ? 'a new one is known within minutes: run it again; one that was deleted must be made anew'
    : 'an application has another object id than its service principal; a new one is known within minutes: run it again';
  const asked = isNew ? ', after two minutes of asking' : '';
  return azureProblem('azure/principal', `${message}${asked}`, hint, isNew ? 'auth' : 'auth.objectId');
}

/**
 * Assigns a role, waiting for a new identity to be known everywhere. Doing it again changes nothing, and an assignment
 * under another name is as good.
 */
export async function createAssignment(
  operator: Operator,
  grant: Grant,
  age: keyof typeof replication = 'new',
): Promise<Result<'created' | 'exists'>> {
  for (const seconds of [...replication[age], null]) {
    const outcome = await armCall(operator, grantAsk(grant, 'write'), async (settings) =>
      create(await createClient(settings, grant.scope), grant),
    );
    if (!outcome.ok) return outcome;
    if (outcome.value !== 'unknown principal') return ok(outcome.value);
    if (seconds !== null) await operator.wait(seconds * 1000);
  }
  return { ok: false, errors: [unknownPrincipal(grant, age)] };
}

/** Removes the assignment that flexgen made; false = there was none. One with another name is someone else's and stays. */
export function deleteAssignment(operator: Operator, grant: Grant): Promise<Result<boolean>> {
  return armCall(operator, grantAsk(grant, 'delete'), async (settings) => {
    const { roleAssignments } = await createClient(settings, grant.scope);
    let status = 0;
    try {
      await roleAssignments.delete(scopeOf(grant), nameOf(grant), {
        onResponse: (response) => {
          ({ status } = response);
        },
      });
    } catch (error) {
      if (goneScope.has(codeOf(error))) return false;
      throw error;
    }
    return status === 200;
  });
}
