import { createPrivateKey, createPublicKey, generateKeyPair, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { primesOf } from '../../node/auth/primes.ts';

/** What makes a machine of Azure Arc that very machine: kept in the state folder, given to the machine alone. */
export interface MachineKey {
  /** A UUID by which Arc tells machines of one name apart. */
  readonly vmId: string;
  /** Base64 of the PKCS#1 DER of an RSA key of 2048 bits, as `azcmagent --private-key` takes it. */
  readonly privateKey: string;
}

/** A new key: about 0.1 s. */
export async function newMachineKey(): Promise<MachineKey> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const der = privateKey.export({ type: 'pkcs1', format: 'der' });
  return { vmId: randomUUID(), privateKey: der.toString('base64') };
}

const keyObjectOf = ({ privateKey }: MachineKey): KeyObject =>
  createPrivateKey({ key: Buffer.from(privateKey, 'base64'), type: 'pkcs1', format: 'der' });

/** Base64 of the PKCS#1 DER of its public half, as Resource Manager takes it. Throws where it is no such key. */
export function publicKeyOf(key: MachineKey): string {
  return createPublicKey(keyObjectOf(key)).export({ type: 'pkcs1', format: 'der' }).toString('base64');
}

const isUuid = (text: unknown): text is string =>
  typeof text === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** A key as the state folder has it, or undefined where that file holds something else. */
export function parseMachineKey(text: string): MachineKey | undefined {
  try {
    const { vmId, privateKey }: Partial<MachineKey> = JSON.parse(text);
    if (!isUuid(vmId) || typeof privateKey !== 'string') return undefined;
    publicKeyOf({ vmId, privateKey });
    return { vmId, privateKey };
  } catch {
    // Neither the parser's words nor OpenSSL's may be shown: they can quote the key.
    return undefined;
  }
}

/** What the config's references stand for, by their paths. */
export const mintedWith = (key: MachineKey): ReadonlyMap<string, string> =>
  new Map([
    ['auth.machineKey', primesOf(keyObjectOf(key))],
    ['auth.vmId', key.vmId],
  ]);

export const formatMachineKey = (key: MachineKey): string => `${JSON.stringify(key)}\n`;
