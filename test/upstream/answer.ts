import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { byteRange } from '../rig/services/mirror-faults.ts';

/** Bytes, or the file that has them. */
export type Content = Buffer | { readonly file: string };

/** Answers with it, or with the part that is asked for. */
export async function answerWith(
  content: Content,
  type: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const size = Buffer.isBuffer(content) ? content.length : (await stat(content.file)).size;
  const wanted = byteRange(request.headers.range, size);
  if (wanted === null) return void response.writeHead(416, { 'content-range': `bytes */${size}` }).end();
  const { start, end } = wanted;
  const isPart = request.headers.range !== undefined;
  response.writeHead(isPart ? 206 : 200, {
    'content-type': type,
    'content-length': end - start + 1,
    'accept-ranges': 'bytes',
    ...(isPart ? { 'content-range': `bytes ${start}-${end}/${size}` } : {}),
  });
  if (Buffer.isBuffer(content)) return void response.end(content.subarray(start, end + 1));
  await pipeline(createReadStream(content.file, { start, end }), response);
}
