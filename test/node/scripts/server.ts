import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { TestContext } from 'node:test';
import { execute } from '../../cli/run.ts';

async function listen(t: TestContext, server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** A server on the loopback that ends with the test; gives its URL without a slash at the end. */
export async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listen(t, createHttpServer(listener))}`;
}

/** The same with a certificate of its own, which is its CA as well. Undefined where openssl is missing. */
export async function serveSecurely(
  t: TestContext,
  listener: RequestListener,
): Promise<{ readonly url: string; readonly ca: string } | undefined> {
  const args = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=test';
  const names = ['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', '-', '-out', '-'];
  const made = await execute('openssl', [...args.split(' '), ...names], {}).catch(() => undefined);
  if (made === undefined) return undefined;
  const [key = '', ca = ''] = made.stdout.split(/(?=-----BEGIN CERTIFICATE)/);
  const port = await listen(t, createHttpsServer({ key, cert: ca }, listener));
  return { url: `https://127.0.0.1:${port}`, ca };
}
