import { isMap } from '../config/data.ts';
import type { Result } from '../diagnostics/diagnostic.ts';
import { armCall } from './arm-call.ts';
import type { ArmSettings } from './arm-call.ts';
import { armJson } from './arm-json.ts';
import { codeOf } from './arm-problem.ts';
import { machineAsk, machineIdOf } from './machine-id.ts';
import type { MachineId } from './machine-id.ts';
import type { Operator } from './operator.ts';

/** A machine of Azure Arc as Azure knows it. */
export interface Machine {
  readonly resourceId: string;
  readonly location: string;
  /** Of its identity; null where it has none. */
  readonly principalId: string | null;
  readonly tenantId: string | null;
  readonly vmId: string;
  /** Base64 of PKCS#1 DER. */
  readonly publicKey: string | null;
  /** `Connected`, `Disconnected`, `Error`, … */
  readonly status: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** What a machine is made of. */
export interface MachineParts {
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly publicKey: string;
  readonly vmId: string;
}

async function createClient(settings: ArmSettings, { subscriptionId }: MachineId) {
  const { machineClient } = await import('./machine-client.ts');
  return machineClient(settings, subscriptionId);
}

const textOf = (map: unknown, name: string): string | null => {
  const value = isMap(map) ? map[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : null;
};

/** A machine from its JSON, of which the SDK changes nothing. */
function machineOf(body: unknown, id: MachineId): Machine {
  const { identity, properties, tags } = isMap(body) ? body : {};
  const pairs = Object.entries(isMap(tags) ? tags : {});
  return {
    resourceId: textOf(body, 'id') ?? machineIdOf(id),
    location: textOf(body, 'location') ?? '',
    principalId: textOf(identity, 'principalId'),
    tenantId: textOf(identity, 'tenantId'),
    vmId: textOf(properties, 'vmId') ?? '',
    publicKey: textOf(properties, 'clientPublicKey'),
    status: textOf(properties, 'status') ?? '',
    tags: Object.fromEntries(pairs.map(([name, value]) => [name, String(value)])),
  };
}

/** Reads a machine; null = there is none of this name in its resource group. */
export function readMachine(operator: Operator, id: MachineId): Promise<Result<Machine | null>> {
  return armCall(operator, machineAsk(id, 'read'), async (settings) => {
    const client = await createClient(settings, id);
    try {
      return machineOf(await client.machines.get(id.resourceGroup, id.name), id);
    } catch (error) {
      if (codeOf(error) === 'ResourceNotFound') return null;
      throw error;
    }
  });
}

/** Makes a machine before it is there, with an identity of its own; what is there already is changed to these parts. */
export function putMachine(operator: Operator, id: MachineId, parts: MachineParts): Promise<Result<Machine>> {
  const { location, tags, publicKey, vmId } = parts;
  return armCall(operator, machineAsk(id, 'write'), async (settings) => {
    const client = await createClient(settings, id);
    // The client adds its version.
    const url = `${settings.options.endpoint}${machineIdOf(id)}`;
    const body = {
      location,
      tags,
      identity: { type: 'SystemAssigned' },
      properties: { osName: 'linux', clientPublicKey: publicKey, vmId },
    };
    return machineOf(await armJson(client, 'PUT', url, body), id);
  });
}

/** Removes a machine, and with it its identity; false = there was none. */
export function deleteMachine(operator: Operator, id: MachineId): Promise<Result<boolean>> {
  return armCall(operator, machineAsk(id, 'delete'), async (settings) => {
    const client = await createClient(settings, id);
    let status = 0;
    await client.machines.delete(id.resourceGroup, id.name, {
      onResponse: (response) => {
        ({ status } = response);
      },
    });
    return status === 200;
  });
}
