import { yamlDocument } from '../../../encode/document.ts';
import type { DiskFile, Volume } from '../../disk/tree.ts';
import type { EnvelopeInput } from './envelope.ts';
import { metaData } from './meta-data.ts';

const file = (path: string, text: string): DiskFile => ({ path, content: Buffer.from(text) });

/**
 * The drive that cloud-init's datasource NoCloud looks for. It may have `network-config` and `vendor-data` too, which are only
 * waited for where a seed comes over the network: without them the first interface asks DHCP.
 */
export const noCloud = (input: EnvelopeInput): Volume => ({
  label: 'cidata',
  files: [file('meta-data', yamlDocument(metaData(input))), file('user-data', input.userData)],
});
