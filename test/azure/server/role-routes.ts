import { armError } from './arm-errors.ts';
import { nothing, sameName, succeeded } from './arm-route.ts';
import type { Call, Route } from './arm-route.ts';
import type { Answer } from './http.ts';
import { assignmentBody } from './role-assignments.ts';
import type { RoleAssignment } from './role-assignments.ts';
import { putAssignment } from './role-put.ts';
import type { RolePutParts } from './role-put.ts';

export interface RoleRouteParts extends RolePutParts {
  /** `https://127.0.0.1:PORT` of ARM, for the links to the next page. */
  origin(): string;
}

const type = 'Microsoft.Authorization/roleAssignments';
const base = { type: 'roleAssignments', versions: ['2022-04-01'] };

// A scope begins with its subscription and has no empty segment.
const scope = String.raw`^\/(?<scope>subscriptions\/(?<subscription>[^/]+)(?:\/resourceGroups\/(?<group>[^/]+))?(?:\/[^/]+)*?)`;
const assignments = String.raw`\/providers\/Microsoft\.Authorization\/roleAssignments`;
const onePath = new RegExp(String.raw`${scope}${assignments}\/(?<name>[^/]+)$`, 'i');

/** The requests about role assignments that the authorization service knows. */
export function roleRoutes(parts: RoleRouteParts): Route[] {
  const { roles } = parts;
  return [
    {
      ...base,
      method: 'GET',
      path: new RegExp(`${scope}${assignments}$`, 'i'),
      parameters: { $filter: null, $skipToken: null, tenantId: null },
      permission: `${type}/read`,
      answer: (call) => list(call, parts),
    },
    {
      ...base,
      method: 'GET',
      path: onePath,
      parameters: { tenantId: null },
      permission: `${type}/read`,
      answer: ({ request, names }) => {
        const found = roles.find(request.path);
        const words = `The role assignment '${names('name')}' is not found.`;
        return found === undefined
          ? armError(404, 'RoleAssignmentNotFound', words)
          : succeeded(assignmentBody(found));
      },
    },
    {
      ...base,
      method: 'PUT',
      path: onePath,
      parameters: {},
      permission: `${type}/write`,
      answer: (call) => putAssignment(call, parts),
    },
    {
      ...base,
      method: 'DELETE',
      path: onePath,
      parameters: { tenantId: null },
      permission: `${type}/delete`,
      answer: ({ request }) => {
        const removed = roles.remove(request.path);
        return removed === undefined ? nothing : succeeded(assignmentBody(removed));
      },
    },
  ];
}

type Filter = (assignment: RoleAssignment, scope: string) => boolean;

const within = (inner: string, outer: string): boolean =>
  `${inner}/`.toLowerCase().startsWith(`${outer}/`.toLowerCase());

const atScope: Filter = (one, asked) => within(asked, one.scope);
const nearScope: Filter = (one, asked) => within(asked, one.scope) || within(one.scope, asked);

/** What a `$filter` lets through; null for one that the service does not know. */
function filterOf(text: string): Filter | null {
  if (text === '') return nearScope;
  if (text === 'atScope()') return atScope;
  const [, at, id] =
    /^(atScope\(\) and )?assignedTo\('([0-9a-f-]{36})'\)$/i.exec(text) ??
    /^()principalId eq '([0-9a-f-]{36})'$/i.exec(text) ??
    [];
  if (id === undefined) return null;
  const near = at === undefined || at === '' ? nearScope : atScope;
  return (one, asked) => sameName(one.principalId, id) && near(one, asked);
}

function list({ request, names }: Call, { roles, origin, violate }: RoleRouteParts): Answer {
  const text = request.query.get('$filter') ?? '';
  const filter = filterOf(text);
  if (filter === null) {
    violate(`ARM: filter ${text}`);
    return armError(400, 'UnsupportedQuery', 'The query specified in the URI is not supported.');
  }
  const asked = `/${names('scope')}`;
  const found = roles.listed().filter((one) => filter(one, asked));
  const start = Number(request.query.get('$skipToken') ?? 0);
  const end = start + roles.pageSize();
  const value = found.slice(start, end).map(assignmentBody);
  if (end >= found.length) return succeeded({ value });
  const query = new URLSearchParams(request.query);
  query.set('$skipToken', `${end}`);
  // Written as ARM does: with %20 for a blank, which URLSearchParams would make a plus.
  const nextLink = `${origin()}${request.path}?${query.toString().replaceAll('+', '%20')}`;
  return succeeded({ value, nextLink });
}
