import { writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import type { Azure } from '../../azure/server/azure.ts';
import { entraErrorAnswer } from '../../azure/server/entra-errors.ts';
import type { EntraError } from '../../azure/server/entra-errors.ts';
import type { Answer } from '../../azure/server/http.ts';
import { startHttpsServer } from '../services/https-server.ts';
import { forward } from '../services/proxy.ts';
import { startFront } from './front.ts';
import type { Front } from './front.ts';

/** Entra as one machine sees it. */
export interface Entra extends AsyncDisposable {
  readonly front: Front;
  /** As `azure` has them. */
  readonly seen: Pick<Azure, 'authorityHost' | 'caPem' | 'caFile'>;
  /** What it answers to everything from now on; without a word, it answers as it is asked. */
  answer(instead?: EntraError | Answer): void;
}

/** Starts a stand-in for the site's own, which it asks. */
export async function startEntra({ authorityHost, caPem }: Azure, dir: string): Promise<Entra> {
  const port = Number(new URL(authorityHost).port);
  let instead: EntraError | Answer | undefined;
  const listener: RequestListener = (request, response) => {
    if (instead === undefined) {
      forward('https', port, request.url ?? '/', request, response);
      return;
    }
    const now = Math.floor(Date.now() / 1000);
    const { status, body, headers } = typeof instead === 'string' ? entraErrorAnswer(instead, now) : instead;
    request.resume();
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
  const server = await startHttpsServer(dir, 'entra', listener);
  const front = await startFront(server.port);
  // For who asks the rest of Azure too.
  const caFile = join(dir, 'azure-ca.pem');
  await writeFile(caFile, `${caPem}\n${server.caPem}`);
  return {
    front,
    seen: { authorityHost: `https://127.0.0.1:${front.port}`, caPem: server.caPem, caFile },
    answer: (what) => {
      instead = what;
    },
    [Symbol.asyncDispose]: async () => {
      await front[Symbol.asyncDispose]();
      await server.stop();
    },
  };
}
