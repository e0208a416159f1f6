import { refuseAction } from './arm.ts';
import type { ArmState } from './arm.ts';
import { principalOf } from './arm-token.ts';
import type { TokenCheck } from './arm-token.ts';
import type { Answer, ReadRequest } from './http.ts';
import { isUuid, jsonObject, mapOf, textsOf } from './json-body.ts';
import { isSignedBy, machineKey } from './machine-key.ts';
import { refuseChange } from './machine-routes.ts';
import { isMachineId } from './machines.ts';
import type { Machine, Machines } from './machines.ts';

export interface HisParts extends TokenCheck {
  readonly machines: Machines;
  readonly tenantId: string;
  /** For 403. */
  readonly state: ArmState;
  /** Resources for which there are tokens: scopes without `/.default`. */
  readonly resources: ReadonlySet<string>;
}

const refused = (status: number, code: string, message: string): Answer => ({
  status,
  body: { error: { code, message } },
});

const signedNames = ['resourceId', 'vmId', 'timestamp', 'signature'] as const;

/** How far a machine's clock may be off, in seconds. */
const tolerance = 300;

/**
 * What the agent of Azure Arc asks the hybrid instance service for. That service is not documented: its requests are the
 * stand-in's own, but what they need and what they change is as the agent's documentation says.
 */
export function answerHis(request: ReadRequest, parts: HisParts): Answer {
  const { method, path, headers, query } = request;
  const document = jsonObject(request.body);
  const isJson = /^application\/json(;|$)/.test(headers.get('content-type') ?? '') && document !== null;
  if (method !== 'POST' || !/^\/(?:connect|token)$/.test(path) || !isJson || query.size > 0) {
    parts.violate(`HIS: ${method} ${path}`);
    return refused(404, 'NotFound', 'There is nothing of this name.');
  }
  if (path === '/token') return answerToken(document, parts);
  return headers.has('authorization')
    ? createMachine(document, headers.get('authorization'), parts)
    : connectMachine(document, parts);
}

/** The machine that a request is from, if it is signed with that machine's key. */
function signer(document: ReadonlyMap<string, unknown>, parts: HisParts): Machine | Answer {
  const texts = textsOf(document, signedNames);
  if (texts === null || !/^\d+$/.test(texts.timestamp)) {
    parts.violate(`HIS: fields ${[...document.keys()].join(' ')}`);
    return refused(400, 'InvalidRequest', 'A machine says its id, its VM ID, the time and its signature.');
  }
  const { resourceId, vmId, timestamp, signature } = texts;
  const machine = parts.machines.find(resourceId);
  if (machine === undefined) return refused(404, 'ResourceNotFound', `There is no machine ${resourceId}.`);
  if (machine.vmId !== vmId) return refused(409, 'VmIdMismatch', `${resourceId} has another VM ID.`);
  const isInTime = Math.abs(Date.now() / 1000 - Number(timestamp)) <= tolerance;
  const isSigned = isSignedBy(machine.clientPublicKey, [resourceId, vmId, timestamp], signature);
  return isInTime && isSigned
    ? machine
    : refused(401, 'InvalidSignature', 'The signature is not of this machine, or not of this time.');
}

const connected = ({ id, principalId }: Machine, tenantId: string): Answer => ({
  status: 200,
  body: { resourceId: id, principalId, tenantId },
});

/** `azcmagent connect existing`: the machine was made by someone else, who gave it its key. */
function connectMachine(document: ReadonlyMap<string, unknown>, parts: HisParts): Answer {
  const machine = signer(document, parts);
  if (!('principalId' in machine)) return machine;
  parts.machines.change(machine.id, { status: 'Connected', machineFqdn: machine.name });
  return connected(machine, parts.tenantId);
}

/** `azcmagent connect`: whoever the token is of makes the machine. */
function createMachine(
  document: ReadonlyMap<string, unknown>,
  authorization: string | undefined,
  parts: HisParts,
): Answer {
  const { tags: given, ...rest } = Object.fromEntries(document);
  const texts = textsOf(mapOf(rest), ['resourceId', 'vmId', 'location', 'publicKey']);
  const tags = mapOf(given);
  const isWhole =
    texts !== null && tags !== null && [...tags.values()].every((tag) => typeof tag === 'string');
  if (
    !isWhole ||
    !isMachineId(texts.resourceId) ||
    !isUuid(texts.vmId) ||
    machineKey(texts.publicKey) === null
  ) {
    parts.violate(`HIS: fields ${[...document.keys()].join(' ')}`);
    return refused(400, 'InvalidRequest', 'A new machine has an id, a VM ID, a place, tags and a key.');
  }
  const principal = principalOf(authorization, parts);
  if ('status' in principal) return principal;
  const { resourceId, vmId, location, publicKey } = texts;
  const change = {
    location,
    vmId,
    clientPublicKey: publicKey,
    tags: Object.fromEntries(tags) as Machine['tags'],
  };
  const permission = 'Microsoft.HybridCompute/machines/write';
  const refusal =
    refuseAction({ permission }, principal, resourceId, parts.state) ??
    refuseChange(resourceId, change, parts.machines);
  if (refusal !== null) return refusal;
  const machine = parts.machines.put(resourceId, change);
  parts.machines.change(resourceId, { status: 'Connected', machineFqdn: machine.name });
  return connected(machine, parts.tenantId);
}

/** A token of the machine's identity, as the agent's metadata service hands it on. */
function answerToken(document: ReadonlyMap<string, unknown>, parts: HisParts): Answer {
  const { resource, ...rest } = Object.fromEntries(document);
  const machine = signer(mapOf(rest) ?? new Map(), parts);
  if (!('principalId' in machine)) return machine;
  if (machine.status !== 'Connected')
    return refused(409, 'MachineNotConnected', `${machine.id} is not connected.`);
  if (typeof resource !== 'string' || !parts.resources.has(resource)) {
    parts.violate(`HIS: resource ${String(resource)}`);
    return refused(400, 'invalid_resource', 'AADSTS500011: The resource principal was not found.');
  }
  const { tenantId } = parts;
  const principal = { tenantId, objectId: machine.principalId, name: machine.principalId };
  const { token, expiresOn } = parts.tokens.issue(principal, resource);
  return {
    status: 200,
    body: { access_token: token, expires_on: `${expiresOn}`, resource, token_type: 'Bearer' },
  };
}
