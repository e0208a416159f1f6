import type { User } from '@kubernetes/client-node';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { errorCode } from '../diagnostics/error-code.ts';
import { ClusterRefused } from './refused.ts';

/** The part of a kubeconfig's `user.exec` that is used (client.authentication.k8s.io). */
interface Exec {
  readonly apiVersion?: string;
  readonly command?: string;
  readonly args?: readonly string[] | null;
  readonly env?: readonly { readonly name: string; readonly value: string }[] | null;
}

interface ExecCredential {
  readonly status?: {
    readonly token?: string;
    readonly clientCertificateData?: string;
    readonly clientKeyData?: string;
  };
}

const base64 = (pem: string): string => Buffer.from(pem).toString('base64');

const byHand = 'run `kubectl get --raw /version` with the same kubeconfig and see what it says';

/** What the plugin prints on standard output; it may ask on the terminal, as kubectl lets it. */
async function output(exec: Exec, env: NodeJS.ProcessEnv): Promise<string> {
  const command = exec.command ?? '';
  const child = spawn(command, [...(exec.args ?? [])], { env, stdio: ['inherit', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  try {
    const [stdout] = await Promise.all([text(child.stdout), ended]);
    if (child.exitCode === 0) return stdout;
  } catch (error) {
    if (!['ENOENT', 'EACCES'].includes(errorCode(error) ?? '')) throw error;
    const hint = command.endsWith('kubelogin')
      ? '`az aks install-cli` installs it'
      : 'install it, or use another kubeconfig';
    throw new ClusterRefused(`the kubeconfig signs in with \`${command}\`, and it can’t be run here`, hint);
  }
  throw new ClusterRefused(`the kubeconfig’s sign-in command \`${command}\` failed`, byHand);
}

/**
 * The user that a credential plugin (kubelogin, …) stands for: it is asked once, and no command outlives it. What it
 * prints is never shown. Throws ClusterRefused.
 */
export async function execUser(
  user: User,
  exec: Exec,
  env: Readonly<Record<string, string | undefined>>,
): Promise<User> {
  const apiVersion = exec.apiVersion ?? 'client.authentication.k8s.io/v1';
  // Without it, kubelogin answers for an older version.
  const KUBERNETES_EXEC_INFO = JSON.stringify({
    apiVersion,
    kind: 'ExecCredential',
    spec: { interactive: process.stdin.isTTY },
  });
  const own = Object.fromEntries((exec.env ?? []).map(({ name, value }) => [name, value]));
  const stdout = await output(exec, { ...env, KUBERNETES_EXEC_INFO, ...own });
  let status: ExecCredential['status'];
  try {
    const credential: ExecCredential = JSON.parse(stdout);
    status = credential.status;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const { token, clientCertificateData, clientKeyData } = status ?? {};
  if (token === undefined && (clientCertificateData === undefined || clientKeyData === undefined)) {
    throw new ClusterRefused(
      `the kubeconfig’s sign-in command \`${exec.command}\` printed no credential`,
      byHand,
    );
  }
  return {
    name: user.name,
    ...(token === undefined ? {} : { token }),
    ...(clientCertificateData === undefined ? {} : { certData: base64(clientCertificateData) }),
    ...(clientKeyData === undefined ? {} : { keyData: base64(clientKeyData) }),
  };
}
