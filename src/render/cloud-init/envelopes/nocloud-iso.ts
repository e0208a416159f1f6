import { iso9660 } from '../../disk/iso9660.ts';
import type { Envelope } from './envelope.ts';
import { noCloud } from './nocloud.ts';

export const noCloudIso: Envelope = {
  name: 'nocloud-iso',
  summary: 'a CD that cloud-init finds by its label `cidata`, for a hypervisor of your own',
  extension: '.iso',
  binary: true,
  drive: true,
  wrap: (input) => iso9660(noCloud(input)),
};
