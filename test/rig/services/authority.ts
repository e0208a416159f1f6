import { copyFile, readFile, rename, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import type { ControlPlane } from './control-plane.ts';
import { rigServerNames } from './pki.ts';
import type { Authority } from './pki.ts';
import { until } from './processes.ts';

/** Aside and then renamed, so that it is never read half-written. */
async function put(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** Whether the API server shows a certificate of this CA. */
const isShown = (port: number, ca: string): Promise<boolean> =>
  new Promise((resolve) => {
    request({ host: '127.0.0.1', port, path: '/readyz', ca, agent: false }, (response) => {
      response.resume();
      resolve(true);
    })
      .on('error', () => resolve(false))
      .end();
  });

/**
 * Gives a control plane another CA while `work` is done: it shows and signs certificates of the new one, and trusts both.
 * Its programs take that up by themselves; the rig's own clients trust both, too.
 */
export async function withAuthority(
  { layout }: ControlPlane,
  next: Authority,
  work: () => Promise<void>,
): Promise<void> {
  const { ca, signer, server, port } = layout;
  const files = [ca.certFile, signer.certFile, signer.keyFile, server.certFile, server.keyFile];
  for (const file of files) await copyFile(file, `${file}.before`);
  const shown = await next.issue({
    file: 'apiserver-next',
    commonName: 'kube-apiserver',
    serverNames: rigServerNames,
  });
  try {
    await put(ca.certFile, next.certPem + ca.certPem);
    await put(signer.keyFile, await readFile(next.keyFile, 'utf8'));
    await put(signer.certFile, next.certPem);
    await put(server.keyFile, await readFile(shown.keyFile, 'utf8'));
    await put(server.certFile, await readFile(shown.certFile, 'utf8'));
    await until('the API server with its new CA', () => isShown(port, next.certPem), { seconds: 180 });
    await work();
  } finally {
    for (const file of files) await rename(`${file}.before`, file);
    await until('the API server with its old CA', () => isShown(port, ca.certPem), { seconds: 180 });
  }
}
