import { base64 } from './base64.ts';
import { configDriveIso } from './configdrive.ts';
import type { Envelope } from './envelope.ts';
import { external } from './external.ts';
import { include } from './include.ts';
import { guestinfo } from './guestinfo.ts';
import { gzipBase64 } from './gzip-base64.ts';
import { gzip } from './gzip.ts';
import { mime } from './mime.ts';
import type { EnvelopeName } from './names.ts';
import { noCloudIso } from './nocloud-iso.ts';
import { noCloudVfat } from './nocloud-vfat.ts';
import { plain } from './plain.ts';

/** Every envelope, by its name. */
export const envelopes = {
  plain,
  mime,
  gzip,
  base64,
  'gzip-base64': gzipBase64,
  guestinfo,
  external,
  include,
  'nocloud-iso': noCloudIso,
  'nocloud-vfat': noCloudVfat,
  'configdrive': configDriveIso,
} as const satisfies Record<EnvelopeName, Envelope>;
