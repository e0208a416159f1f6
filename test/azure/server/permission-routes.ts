import type { PermissionEntry } from './arm-controls.ts';
import { succeeded } from './arm-route.ts';
import type { Route } from './arm-route.ts';

const group = String.raw`^\/subscriptions\/(?<subscription>[^/]+)\/resourcegroups\/(?<group>[^/]+)`;
const permissions = String.raw`\/providers\/Microsoft\.Authorization\/permissions$`;

/** What the caller may do at a resource group, or at a resource that has no parent (hence the two slashes). */
const paths = [
  `${group}${permissions}`,
  String.raw`${group}\/providers\/[^/]+\/\/[^/]+\/[^/]+${permissions}`,
];

/** The permissions API; what it says is the same everywhere. */
export function permissionRoutes(entries: () => readonly PermissionEntry[]): Route[] {
  return paths.map((path) => ({
    method: 'GET',
    type: 'permissions',
    path: new RegExp(path, 'i'),
    versions: ['2022-04-01'],
    parameters: {},
    permission: 'Microsoft.Authorization/permissions/read',
    answer: () =>
      succeeded({
        value: entries().map((entry) => ({ ...entry, dataActions: [], notDataActions: [] })),
      }),
  }));
}
