import { randomUUID } from 'node:crypto';

/** A machine of Azure Arc as the stand-in holds it. */
export interface Machine {
  /** As it was written when it was made. */
  readonly id: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Of its identity: new with each creation. */
  readonly principalId: string;
  readonly vmId: string;
  readonly clientPublicKey: string;
  readonly status: 'Connected' | 'Disconnected' | 'Error';
  readonly machineFqdn: string | null;
  readonly lastStatusChange: string;
}

/** What a machine is made or changed from. */
export type MachineParts = Pick<Machine, 'location' | 'tags' | 'vmId' | 'clientPublicKey'>;

export interface Machines {
  all(): readonly Machine[];
  find(id: string): Machine | undefined;
  put(id: string, parts: MachineParts): Machine;
  change(id: string, changes: Partial<Machine>): void;
  remove(id: string): boolean;
}

const form =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.HybridCompute\/machines\/([^/]+)$/i;

export const isMachineId = (id: string): boolean => form.test(id);

/** The machines of the tenant; `created` hears of each new identity. */
export function createMachines(created: (principalId: string) => void): Machines {
  const machines = new Map<string, Machine>();
  const now = () => new Date().toISOString();
  const change = (id: string, changes: Partial<Machine>): Machine => {
    const machine = machines.get(id.toLowerCase());
    if (machine === undefined) throw new Error(`there is no machine ${id}`);
    const next = { ...machine, ...changes };
    machines.set(id.toLowerCase(), next);
    return next;
  };
  return {
    all: () => [...machines.values()],
    find: (id) => machines.get(id.toLowerCase()),
    put: (id, parts) => {
      if (machines.has(id.toLowerCase())) return change(id, parts);
      const [, subscriptionId = '', resourceGroup = '', name = ''] = form.exec(id) ?? [];
      const principalId = randomUUID();
      created(principalId);
      const fresh = { status: 'Disconnected', machineFqdn: null, lastStatusChange: now() } as const;
      const machine = { id, subscriptionId, resourceGroup, name, principalId, ...fresh, ...parts };
      machines.set(id.toLowerCase(), machine);
      return machine;
    },
    change: (id, changes) => {
      change(id, { lastStatusChange: now(), ...changes });
    },
    remove: (id) => machines.delete(id.toLowerCase()),
  };
}

/** The machine as ARM sends it (`Machines_Get` of 2025-01-13). */
export function machineBody(machine: Machine, tenantId: string): object {
  const { id, name, location, tags, principalId, status, lastStatusChange, vmId, machineFqdn } = machine;
  return {
    id,
    name,
    type: 'Microsoft.HybridCompute/machines',
    location,
    tags,
    identity: { type: 'SystemAssigned', principalId, tenantId },
    properties: {
      provisioningState: 'Succeeded',
      status,
      lastStatusChange,
      errorDetails: [],
      vmId,
      osName: 'linux',
      osType: 'linux',
      clientPublicKey: machine.clientPublicKey,
      ...(machineFqdn === null ? {} : { displayName: machineFqdn, machineFqdn, agentVersion: '1.60.0' }),
    },
  };
}
