import type { Ask } from './arm-problem.ts';
import { machines } from './least-roles.ts';

/** A machine of Azure Arc, which may be yet to be made. */
export interface MachineId {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

export const groupIdOf = ({ subscriptionId, resourceGroup }: Omit<MachineId, 'name'>): string =>
  `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;

export const machineIdOf = (id: MachineId): string =>
  `${groupIdOf(id)}/providers/Microsoft.HybridCompute/machines/${id.name}`;

/** The command that removes a machine by hand. */
export const deleteCommand = ({ subscriptionId, resourceGroup, name }: MachineId): string =>
  `\`az connectedmachine delete --subscription ${subscriptionId} --resource-group ${resourceGroup} --name ${name}\``;

/** What is asked about a machine. */
export function machineAsk(id: MachineId, verb: keyof typeof machines.roles): Ask {
  const { subscriptionId, resourceGroup, name } = id;
  const create = `az group create --subscription ${subscriptionId} --name ${resourceGroup} --location LOCATION`;
  return {
    subscriptionId,
    action: machines.action(verb),
    role: machines.roles[verb],
    // Where there may be no machine yet, and more will come.
    scope: groupIdOf(id),
    thing: `machine ${name}`,
    group: { name: resourceGroup, hint: `\`${create}\` makes it, or name another in \`auth.resourceGroup\`` },
    conflict: (said) => ({
      message: `machine ${name} in resource group ${resourceGroup} is another one: Azure refuses to change it ${said}`,
      hint: `name this one otherwise in \`auth.machineName\`, or remove that one: ${deleteCommand(id)}`,
    }),
    path: 'auth',
  };
}
