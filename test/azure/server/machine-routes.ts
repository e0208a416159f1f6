import { armError } from './arm-errors.ts';
import { nothing, resourceNotFound, sameName, succeeded } from './arm-route.ts';
import type { Call, Route } from './arm-route.ts';
import type { Answer } from './http.ts';
import { isUuid, jsonObject, mapOf } from './json-body.ts';
import { machineKey } from './machine-key.ts';
import { machineBody } from './machines.ts';
import type { MachineParts, Machines } from './machines.ts';

export interface MachineRouteParts {
  readonly machines: Machines;
  readonly tenantId: string;
  violate(words: string): void;
}

const type = 'Microsoft.HybridCompute/machines';
const namespace = 'Microsoft.HybridCompute';

/** The one in which a machine can be made, and that of @azure/arm-hybridcompute 3.0.0. */
const newest = '2025-01-13';
const versions = [newest, '2021-05-20'];

const base = { type: 'machines', namespace, versions };
const subscription = String.raw`^\/subscriptions\/(?<subscription>[^/]+)`;
const group = String.raw`\/resourceGroups\/(?<group>[^/]+)`;
const machinesPath = String.raw`\/providers\/Microsoft\.HybridCompute\/machines`;
const onePath = new RegExp(String.raw`${subscription}${group}${machinesPath}\/(?<name>[^/]+)$`, 'i');

/** The requests that the provider of Azure Arc knows. */
export function machineRoutes({ machines, tenantId, violate }: MachineRouteParts): Route[] {
  const list = ({ names }: Call): Answer => {
    const value = machines
      .all()
      .filter(({ subscriptionId }) => sameName(subscriptionId, names('subscription')))
      .filter(({ resourceGroup }) => names('group') === '' || sameName(resourceGroup, names('group')))
      .map((machine) => machineBody(machine, tenantId));
    return succeeded({ value });
  };
  return [
    ...[`${subscription}${machinesPath}$`, `${subscription}${group}${machinesPath}$`].map((path): Route => ({
      ...base,
      method: 'GET',
      path: new RegExp(path, 'i'),
      parameters: {},
      permission: `${type}/read`,
      answer: list,
    })),
    {
      ...base,
      method: 'GET',
      path: onePath,
      parameters: { $expand: ['instanceView'] },
      permission: `${type}/read`,
      answer: ({ request, names }) => {
        const machine = machines.find(request.path);
        return machine === undefined
          ? resourceNotFound(type, names('name'), names('group'))
          : succeeded(machineBody(machine, tenantId));
      },
    },
    {
      ...base,
      method: 'PUT',
      path: onePath,
      versions: [newest],
      parameters: {},
      permission: `${type}/write`,
      answer: ({ request }) => put(request.path, request.body, { machines, tenantId, violate }),
    },
    {
      ...base,
      method: 'DELETE',
      path: onePath,
      parameters: {},
      permission: `${type}/delete`,
      answer: ({ request }) =>
        machines.remove(request.path) ? { ...nothing, status: 200, headers: {} } : nothing,
    },
  ];
}

function put(id: string, body: string, { machines, tenantId, violate }: MachineRouteParts): Answer {
  const read = readBody(body);
  if (typeof read === 'string') {
    violate(`ARM: machine with ${read}`);
    const words = 'The request does not have sufficient information to complete the operation.';
    return armError(400, 'HCRP400', `${words} Missing or invalid properties: ${read}`);
  }
  return refuseChange(id, read, machines) ?? succeeded(machineBody(machines.put(id, read), tenantId));
}

/** What stands against changing a machine that is there; null if nothing does or there is none. */
export function refuseChange(id: string, parts: MachineParts, machines: Machines): Answer | null {
  const machine = machines.find(id);
  if (machine === undefined) return null;
  if (!sameName(machine.location, parts.location)) {
    const { name, location, resourceGroup } = machine;
    return armError(
      409,
      'InvalidResourceLocation',
      `The resource '${name}' already exists in location '${location}' in resource group '${resourceGroup}'. A resource ` +
        `with the same name cannot be created in location '${parts.location}'. Please select a new resource name.`,
    );
  }
  const isOther =
    machine.vmId !== parts.vmId ||
    (machine.status === 'Connected' && machine.clientPublicKey !== parts.clientPublicKey);
  if (!isOther) return null;
  // The words are the stand-in's own: those of the provider are not documented.
  const words = `The machine '${machine.name}' already exists with another VM ID or key.`;
  return armError(409, 'HCRP409', words);
}

/** The parts of a machine from the body of a request, or the property that is not as it must be. */
function readBody(body: string): MachineParts | string {
  const document = jsonObject(body);
  if (document === null) return 'no JSON';
  const strange = [...document.keys()].find(
    (key) => !['location', 'tags', 'identity', 'properties'].includes(key),
  );
  if (strange !== undefined) return strange;
  const location = document.get('location');
  if (typeof location !== 'string' || location === '') return 'location';
  const tags = mapOf(document.get('tags') ?? {});
  if (tags === null || ![...tags.values()].every((value) => typeof value === 'string')) return 'tags';
  const identity = mapOf(document.get('identity'));
  if (identity?.get('type') !== 'SystemAssigned' || identity.size !== 1) return 'identity.type';
  const properties = mapOf(document.get('properties'));
  if (properties?.get('osName') !== 'linux') return 'properties.osName';
  const clientPublicKey = properties.get('clientPublicKey');
  if (typeof clientPublicKey !== 'string' || machineKey(clientPublicKey) === null)
    return 'properties.clientPublicKey';
  const vmId = properties.get('vmId');
  if (!isUuid(vmId)) return 'properties.vmId';
  if (properties.size !== 3) return `properties ${[...properties.keys()].join(' ')}`;
  return {
    location,
    tags: Object.fromEntries(tags) as Record<string, string>,
    vmId,
    clientPublicKey,
  };
}
