import { gzip } from '../gzip.ts';
import { decoded } from './base64.ts';
import type { Envelope } from './envelope.ts';
import { valueIn } from './external.ts';
import { metaData } from './meta-data.ts';

export const guestinfo: Envelope = {
  name: 'guestinfo',
  summary:
    'the extra configuration of a virtual machine of vSphere, as a JSON object: `guestinfo.userdata` and beside it',
  extension: '.json',
  compresses: true,
  binary: false,
  wrap(input) {
    const values = {
      'guestinfo.metadata': Buffer.from(JSON.stringify(metaData(input))).toString('base64'),
      'guestinfo.metadata.encoding': 'base64',
      'guestinfo.userdata': gzip(Buffer.from(input.userData)),
      'guestinfo.userdata.encoding': 'gzip+base64',
    };
    return Buffer.from(`${JSON.stringify(values, null, 2)}\n`);
  },
  content: (wrapped) => decoded(Buffer.from(valueIn(wrapped, 'guestinfo.userdata'))),
};
