import { armError } from './arm-errors.ts';
import { succeeded } from './arm-route.ts';
import type { Call } from './arm-route.ts';
import type { Answer } from './http.ts';
import { isUuid, jsonObject, mapOf } from './json-body.ts';
import { assignmentBody, assignmentId, definitionId, sameGrant } from './role-assignments.ts';
import type { RoleAssignment, RoleStore } from './role-assignments.ts';

export interface RolePutParts {
  readonly roles: RoleStore;
  readonly tenantId: string;
  violate(words: string): void;
}

/** Of the roles that are built in, those of azure.md. */
const definitions = new Set([
  'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  'b24988ac-6180-42a0-ab88-20f7382dd24c',
  '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
  'f58310d9-a9f6-439a-9e8d-f62e7b41a168',
  '0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8',
  '4abbcc35-e782-43d8-92c5-2d3f1bd2253f',
  'ed7f3fbd-7b88-4dd4-9017-9adb7ce333f8',
  'b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b',
  '3498e952-d568-435e-9b2c-8d77e338d7f7',
  '7f6c6a51-bcf8-42ba-9220-52d62157d7db',
  'a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb',
  'b64e21ea-ac4e-4cdf-9dc9-5b892992bee7',
  'cd570a14-e51a-42ad-bac8-bafd67325302',
]);

/** Makes an assignment, finds that it is there, or refuses, as the authorization service does. */
export function putAssignment(call: Call, parts: RolePutParts): Answer {
  const { roles, tenantId, violate } = parts;
  const wanted = readAssignment(call);
  if (typeof wanted === 'string') {
    violate(`ARM: role assignment with ${wanted}`);
    return armError(400, 'InvalidRequest', 'The content of your request was not valid.');
  }
  const roleId = wanted.roleDefinitionId.split('/').at(-1) ?? '';
  if (!definitions.has(roleId.toLowerCase())) {
    const words = `The specified role definition with ID '${roleId.replaceAll('-', '')}' does not exist.`;
    return armError(404, 'RoleDefinitionDoesNotExist', words);
  }
  if (!roles.knows(wanted.principalId)) return principalNotFound(wanted.principalId, tenantId);
  const named = roles.find(wanted.id);
  if (named !== undefined) {
    if (sameGrant(named, wanted)) return succeeded(assignmentBody(named));
    const words = 'Tenant ID, application ID, principal ID, and scope are not allowed to be updated.';
    return armError(400, 'RoleAssignmentUpdateNotPermitted', words);
  }
  if (roles.all().some((one) => sameGrant(one, wanted)))
    return armError(409, 'RoleAssignmentExists', 'The role assignment already exists.');
  roles.put(wanted);
  return succeeded(assignmentBody(wanted), 201);
}

function principalNotFound(principalId: string, tenantId: string): Answer {
  const plain = (id: string) => id.replaceAll('-', '');
  return armError(
    400,
    'PrincipalNotFound',
    `Principal ${plain(principalId)} does not exist in the directory ${tenantId}. Check that you have the correct principal ` +
      'ID. If you are creating this principal and then immediately assigning a role, this error might be related to a ' +
      'replication delay. In this case, set the role assignment principalType property to a value, such as ' +
      'ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype',
  );
}

/** The assignment that a request asks for, or what in it no correct client sends. */
function readAssignment({ request, names, principal }: Call): RoleAssignment | string {
  const name = names('name');
  if (!isUuid(name)) return 'a name that is no UUID';
  const document = jsonObject(request.body);
  const properties = mapOf(document?.get('properties'));
  if (document === null || properties === null || document.size !== 1) return 'no properties';
  const known = ['roleDefinitionId', 'principalId', 'principalType', 'description'];
  const strange = [...properties.keys()].find((key) => !known.includes(key));
  if (strange !== undefined) return `property ${strange}`;
  const [roleDefinitionId, principalId, principalType, description = null] = known.map((key) =>
    properties.get(key),
  );
  if (principalType !== 'ServicePrincipal') return 'a principal type that is not ServicePrincipal';
  if (!isUuid(principalId)) return 'a principal id that is no UUID';
  if (description !== null && typeof description !== 'string') return 'a description that is no text';
  const subscription = names('subscription');
  const isDefinition =
    typeof roleDefinitionId === 'string' &&
    roleDefinitionId.toLowerCase().startsWith(definitionId(subscription, '').toLowerCase());
  if (!isDefinition) return 'a role definition of no subscription or another';
  const scope = `/${names('scope')}`;
  return {
    id: assignmentId(scope, name),
    name,
    scope,
    principalId,
    principalType,
    roleDefinitionId,
    description,
    createdBy: principal.objectId,
    createdOn: new Date().toISOString(),
  };
}
