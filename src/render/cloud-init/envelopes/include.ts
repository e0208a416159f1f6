import { compactJson } from '../../../encode/document.ts';
import { sha256 } from '../../../node/image.ts';
import { mimeMessage } from '../mime.ts';
import type { Envelope } from './envelope.ts';
import { includeHandler } from './include-handler.ts';

export const include: Envelope = {
  name: 'include',
  summary: 'a few lines that fetch the payload from a URL of yours, and hand it over if it has its digest',
  extension: '.mime',
  binary: false,
  hosted: true,
  wrap({ userData, url }) {
    if (url === undefined) throw new Error('a payload that is fetched needs its URL');
    return Buffer.from(
      mimeMessage([
        { type: 'text/part-handler', text: includeHandler },
        { type: 'text/x-flexgen-include', text: compactJson({ url, sha256: sha256(userData) }) },
      ]),
    );
  },
};
