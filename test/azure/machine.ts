import { createSign, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Azure } from './server/azure.ts';

export const vmId = '5e1a7c1b-2d3e-4f50-8a61-7b8c9d0e1f21';

export interface MachineKeys {
  readonly privateKey: KeyObject;
  /** As Azure takes it: base64 of PKCS#1 DER. */
  readonly publicKey: string;
}

export function machineKeys(): MachineKeys {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { privateKey, publicKey: publicKey.export({ format: 'der', type: 'pkcs1' }).toString('base64') };
}

export function machineId({ resourceId }: Azure, name = 'edge-01'): string {
  const group = resourceId.split('/').slice(0, 5).join('/');
  return `${group}/providers/Microsoft.HybridCompute/machines/${name}`;
}

/** What a machine says of itself to the hybrid instance service, signed with its key. */
export function signedAs({ privateKey }: MachineKeys, resourceId: string, seconds = Date.now() / 1000) {
  const timestamp = `${Math.floor(seconds)}`;
  const signature = createSign('sha256')
    .update([resourceId, vmId, timestamp].join('\n'))
    .sign(privateKey, 'base64');
  return { resourceId, vmId, timestamp, signature };
}
