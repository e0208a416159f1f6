import { writeFile } from 'node:fs/promises';
import type { KeyPair } from './pki.ts';

export interface KubeconfigOptions {
  readonly server: string;
  readonly caFile: string;
  readonly client: KeyPair;
}

/** Writes a kubeconfig (as JSON, which is YAML) that names its certificates by file; mode 0600. */
export async function writeKubeconfig(file: string, options: KubeconfigOptions): Promise<void> {
  const { server, caFile, client } = options;
  const config = {
    'apiVersion': 'v1',
    'kind': 'Config',
    'clusters': [{ name: 'rig', cluster: { 'server': server, 'certificate-authority': caFile } }],
    'users': [
      {
        name: 'rig',
        user: { 'client-certificate': client.certFile, 'client-key': client.keyFile },
      },
    ],
    'contexts': [{ name: 'rig', context: { cluster: 'rig', user: 'rig' } }],
    'current-context': 'rig',
  };
  await writeFile(file, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
}
