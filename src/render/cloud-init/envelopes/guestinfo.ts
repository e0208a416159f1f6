import { gzip } from '../gzip.ts';
import { decoded } from './base64.ts';
import type { Envelope } from './envelope.ts';
import { instanceId } from './instance-id.ts';

/** The value of a key of such a document. */
function valueOf(wrapped: Uint8Array, key: string): string {
  const values: unknown = JSON.parse(Buffer.from(wrapped).toString());
  return typeof values === 'object' && values !== null ? String(Reflect.get(values, key)) : '';
}

export const guestinfo: Envelope = {
  name: 'guestinfo',
  summary:
    'the extra configuration of a virtual machine of vSphere, as a JSON object: `guestinfo.userdata` and beside it',
  extension: '.json',
  compresses: true,
  binary: false,
  wrap(input) {
    const metadata = {
      'instance-id': instanceId(input.userData),
      ...(input.name === '' ? {} : { 'local-hostname': input.name }),
    };
    const values = {
      'guestinfo.metadata': Buffer.from(JSON.stringify(metadata)).toString('base64'),
      'guestinfo.metadata.encoding': 'base64',
      'guestinfo.userdata': gzip(Buffer.from(input.userData)),
      'guestinfo.userdata.encoding': 'gzip+base64',
    };
    return Buffer.from(`${JSON.stringify(values, null, 2)}\n`);
  },
  content: (wrapped) => decoded(Buffer.from(valueOf(wrapped, 'guestinfo.userdata'))),
};
