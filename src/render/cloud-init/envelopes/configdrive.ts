import { jsonDocument } from '../../../encode/document.ts';
import { sha256 } from '../../../node/image.ts';
import { iso9660 } from '../../disk/iso9660.ts';
import type { Volume } from '../../disk/tree.ts';
import type { Envelope, EnvelopeInput } from './envelope.ts';

/** A UUID made of a digest: OpenStack has one for each of its machines, and cloud-init takes it for the instance's id. */
function uuid(text: string): string {
  const digits = sha256(text).slice(0, 32);
  // Version 8, for whatever its maker makes it of; variant 2.
  const whole = `${digits.slice(0, 12)}8${digits.slice(13, 16)}8${digits.slice(17)}`;
  return [8, 12, 16, 20, 32].map((end, index, ends) => whole.slice(ends[index - 1] ?? 0, end)).join('-');
}

/** The drive of OpenStack's that cloud-init's datasource ConfigDrive looks for; what it may leave out is left out. */
function configDrive({ userData, name }: EnvelopeInput): Volume {
  const metaData = { uuid: uuid(userData), ...(name === '' ? {} : { hostname: name, name }) };
  return {
    label: 'config-2',
    files: [
      { path: 'openstack/latest/meta_data.json', content: Buffer.from(jsonDocument(metaData)) },
      { path: 'openstack/latest/user_data', content: Buffer.from(userData) },
    ],
  };
}

export const configDriveIso: Envelope = {
  name: 'configdrive',
  summary: 'a CD as OpenStack attaches it, label `config-2`',
  extension: '.iso',
  binary: true,
  drive: true,
  wrap: (input) => iso9660(configDrive(input)),
};
