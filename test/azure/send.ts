import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import type { Azure } from './server/azure.ts';

export interface Message {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends what no SDK would; returns the status and the body, as it came. */
export async function send({ caPem }: Azure, url: string, message: Message = {}): Promise<string> {
  const { method = 'GET', headers = {}, body = '' } = message;
  return new Promise((resolve, reject) => {
    const options = { method, headers, ca: caPem, agent: false };
    const request = (url.startsWith('https:') ? httpsRequest : httpRequest)(url, options, (response) => {
      text(response).then((answer) => resolve(`${response.statusCode} ${answer}`), reject);
    });
    request.once('error', reject);
    request.end(body);
  });
}
