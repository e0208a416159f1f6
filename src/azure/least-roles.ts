/** What flexgen does in Azure, and the least of Azure's built-in roles that allows it. */

type Verb = 'read' | 'write' | 'delete';

/** Both actions are asked to read a cluster. */
export const clusters = {
  role: 'Azure Kubernetes Service Cluster User Role',
  read: 'Microsoft.ContainerService/managedClusters/read',
  listUser: 'Microsoft.ContainerService/managedClusters/listClusterUserCredential/action',
} as const;

export const assignments = {
  role: 'Role Based Access Control Administrator',
  action: (verb: Verb) => `Microsoft.Authorization/roleAssignments/${verb}`,
} as const;

/** Who may make a machine of Arc may not remove one. */
export const machines = {
  roles: {
    read: 'Azure Connected Machine Onboarding',
    write: 'Azure Connected Machine Onboarding',
    delete: 'Azure Connected Machine Resource Administrator',
  },
  action: (verb: Verb) => `Microsoft.HybridCompute/machines/${verb}`,
} as const;

/** The command that gives somebody a role. */
export const assignCommand = (who: string | null | undefined, role: string, scope: string): string =>
  `\`az role assignment create --assignee ${who ?? 'OBJECT_ID'} --role "${role}" --scope ${scope}\``;
