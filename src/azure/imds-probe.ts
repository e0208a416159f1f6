import { connect } from 'node:net';

/** The SDK waits as long as the system does for a machine that has no metadata service. */
const timeout = 3000;

/** Variables by which a service that is no virtual machine (App Service, Cloud Shell, …) says where its tokens are. */
const others = ['IDENTITY_ENDPOINT', 'MSI_ENDPOINT', 'AZURE_FEDERATED_TOKEN_FILE'];

/** Whether anything listens where a managed identity's token comes from. Says yes where that is not the metadata service. */
export async function hasTokenService(env: Readonly<Record<string, string | undefined>>): Promise<boolean> {
  if (others.some((name) => Boolean(env[name]))) return true;
  const { hostname, port } = new URL(env['AZURE_POD_IDENTITY_AUTHORITY_HOST'] ?? 'http://169.254.169.254');
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: port === '' ? 80 : Number(port), timeout });
    const finish = (found: boolean) => {
      socket.destroy();
      resolve(found);
    };
    socket.once('connect', () => finish(true));
    socket.once('timeout', () => finish(false));
    socket.once('error', () => finish(false));
  });
}
