import { yamlDocument } from '../../encode/document.ts';
import { textFile } from './file.ts';
import type { FolderFile } from './file.ts';

/** The seed of a machine that bakes: a user for Packer, who is gone from the image. */
export function seedFiles(publicKey: string): readonly FolderFile[] {
  const user = {
    name: 'flexgen-build',
    shell: '/bin/bash',
    lock_passwd: true,
    sudo: 'ALL=(ALL) NOPASSWD:ALL',
    ssh_authorized_keys: [publicKey],
  };
  return [
    textFile('cidata/user-data', `#cloud-config\n${yamlDocument({ users: [user], ssh_pwauth: false })}`),
    textFile(
      'cidata/meta-data',
      yamlDocument({ 'instance-id': 'flexgen-bake', 'local-hostname': 'flexgen-bake' }),
    ),
  ];
}
