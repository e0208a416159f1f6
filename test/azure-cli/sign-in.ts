import type { Azure } from '../azure/server/azure.ts';
import type { Workstation } from './support.ts';

export const command = ['facts', '-c', 'edge.yaml'];

export interface Case {
  readonly signIn?: (azure: Azure) => unknown;
  readonly tenantId?: string;
  readonly env?: (azure: Azure) => Record<string, string>;
  readonly arrange?: (azure: Azure) => void;
}

export async function signIn(station: Workstation, { signIn: how, tenantId, env, arrange }: Case) {
  const { azure } = station;
  arrange?.(azure);
  await station.configure({ azure: station.section({ signIn: how?.(azure), tenantId }) });
  const { code, stdout, stderr } = await station.run(command, env?.(azure));
  return { code, stdout: stdout.split('\n')[0], stderr };
}

/** A service principal in the config, with these parts in place of its own. */
export const principal =
  (parts: (azure: Azure) => Readonly<Record<string, unknown>>) =>
  (azure: Azure): unknown => {
    const { clientId, tenantId } = azure.credentials;
    return { servicePrincipal: { clientId, tenantId, ...parts(azure) } };
  };

export const bySecret = principal(() => ({ secret: { env: 'PRINCIPAL_SECRET' } }));
export const secret = ({ credentials }: Azure) => ({ PRINCIPAL_SECRET: credentials.secret });

export const environment = ({ credentials }: Azure, extra: Record<string, string>) => ({
  AZURE_CLIENT_ID: credentials.clientId,
  AZURE_TENANT_ID: credentials.tenantId,
  ...extra,
});
