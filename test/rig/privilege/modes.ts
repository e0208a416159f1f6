import { createSign } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { send } from '../../azure/send.ts';
import { aksServerApplication } from '../../azure/server/applications.ts';
import { machineObjectId } from '../../azure/server/imds.ts';
import { keyOf } from '../node-auth.ts';
import type { WorkstationSite } from '../workstation-site.ts';
import { own } from './questions.ts';

/** A way to sign in: what a config says of it, and the token that whoever holds its payload has for the API server. */
export interface Mode {
  readonly title: string;
  /** An admission policy keeps who has it to one node. */
  readonly isOfOneNode: boolean;
  auth(site: WorkstationSite): object;
  token(site: WorkstationSite, payload: string): Promise<string>;
}

/** The body of an answer that `send` gives as status and body. */
function accessTokenIn(answer: string): string {
  const [, status, body = ''] = /^(\d+) ([^]*)$/.exec(answer) ?? [];
  const { access_token: token } = JSON.parse(body) as { access_token?: string };
  if (token === undefined) throw new Error(`no token: ${status} ${body}`);
  return token;
}

const principal = ({ azure }: WorkstationSite, more: object = {}): object => {
  const { clientId, tenantId, objectId } = azure.credentials;
  return { mode: 'service-principal', clientId, tenantId, objectId, secret: { file: 'secret' }, ...more };
};

/** With the application's secret, as the node's script asks. */
export async function principalToken({ azure }: WorkstationSite): Promise<string> {
  const { clientId, tenantId, secret } = azure.credentials;
  const form = {
    client_id: clientId,
    client_secret: secret,
    grant_type: 'client_credentials',
    scope: `${aksServerApplication}/.default`,
  };
  const answer = await send(azure, `${azure.authorityHost}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
  return accessTokenIn(answer);
}

/** From the metadata service of the machine. */
async function machineToken({ azure }: WorkstationSite): Promise<string> {
  const query = `api-version=2018-02-01&resource=${aksServerApplication}`;
  const url = `${azure.imdsEndpoint}/metadata/identity/oauth2/token?${query}`;
  return accessTokenIn(await send(azure, url, { headers: { metadata: 'true' } }));
}

/** With the machine's own key, which connects it first, as its agent does. */
async function arcToken({ azure }: WorkstationSite, payload: string): Promise<string> {
  const [, primes = ''] = /"private-key": *"([^"]+)"/.exec(payload) ?? [];
  const machine = azure.machines.all().find(({ name }) => name === own);
  if (machine === undefined) throw new Error(`Azure has no machine ${own}`);
  const { id: resourceId, vmId } = machine;
  const timestamp = `${Math.floor(Date.now() / 1000)}`;
  const signature = createSign('sha256')
    .update([resourceId, vmId, timestamp].join('\n'))
    .sign(keyOf(primes), 'base64');
  const signed = { resourceId, vmId, timestamp, signature };
  const ask = async (path: string, body: object): Promise<string> =>
    await send(azure, `${azure.hisEndpoint}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  await ask('/connect', signed);
  return accessTokenIn(await ask('/token', { ...signed, resource: aksServerApplication }));
}

/** In the payload as it is. */
export function bootstrapTokenIn(payload: string): string {
  const [token] = /\b[a-z0-9]{6}\.[a-z0-9]{16}\b/.exec(payload) ?? [];
  if (token === undefined) throw new Error('the payload has no bootstrap token');
  return token;
}

export const modes: readonly Mode[] = [
  {
    title: 'bootstrap token',
    isOfOneNode: true,
    auth: () => ({ mode: 'bootstrap-token', ttl: '1h' }),
    token: async (_site, payload) => bootstrapTokenIn(payload),
  },
  { title: 'service principal', isOfOneNode: false, auth: (site) => principal(site), token: principalToken },
  {
    title: 'service principal, always',
    isOfOneNode: false,
    auth: (site) => principal(site, { credentialUse: 'always' }),
    token: principalToken,
  },
  {
    title: 'managed identity',
    isOfOneNode: false,
    auth: () => ({ mode: 'managed-identity', objectId: machineObjectId }),
    token: machineToken,
  },
  { title: 'Arc', isOfOneNode: true, auth: () => ({ mode: 'arc' }), token: arcToken },
];

/** A folder with a config of this mode for the node that the questions call its own. */
export async function folderOf(
  site: WorkstationSite,
  { title, auth }: Mode,
  name = own,
  parts: object = {},
): Promise<string> {
  const folder = await site.folder(`${title} ${name}`.replaceAll(/\W+/g, '-'), {
    auth: auth(site),
    node: { name },
    network: { mode: 'bridge', podCIDR: '10.250.1.0/24' },
    ...parts,
  });
  await writeFile(join(folder, 'secret'), site.azure.credentials.secret);
  return folder;
}
