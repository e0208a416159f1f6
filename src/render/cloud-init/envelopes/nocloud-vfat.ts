import { fat12 } from '../../disk/fat12.ts';
import type { Envelope } from './envelope.ts';
import { noCloud } from './nocloud.ts';

export const noCloudVfat: Envelope = {
  name: 'nocloud-vfat',
  summary: 'the same as a disk with a vfat file system, e.g. for a USB stick or a board’s card',
  extension: '.img',
  binary: true,
  drive: true,
  wrap: (input) => fat12(noCloud(input)),
};
