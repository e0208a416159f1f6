import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { azureFor } from '../azure/fixture.ts';
import type { Azure, Cluster } from '../azure/server/azure.ts';
import { root } from '../cli/run.ts';
import { startOpenApiServer } from '../secrets/api-server.ts';
import type { OpenApiServer } from '../secrets/api-server.ts';
import { startInternet } from './internet.ts';
import type { Internet } from './internet.ts';
import type { Place } from './place.ts';

/** The starters, as in the repository. */
export const templates = ({ folder }: Place): void =>
  cpSync(join(root, 'templates/config'), join(folder, 'templates/config'), { recursive: true });

/** A starter as the config of a workspace. */
export function starter({ folder, write }: Place, name = 'bootstrap-token', file = 'flexgen.yaml'): void {
  cpSync(join(root, 'templates/config/example'), join(folder, 'example'), { recursive: true });
  write(file, readFileSync(join(root, `templates/config/${name}.yaml`)));
}

/** npm, which runs nothing, but has no script that the package has not. */
export function npm({ standIn }: Place): void {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
  const names = Object.keys(scripts).join(' ');
  standIn(
    'npm',
    `case "$1" in
ci) [[ $# == 1 ]] && exit 0 ;;
test) [[ $# == 1 ]] && exit 0 ;;
run) [[ " ${names} " == *" $2 "* && ( $# == 2 || $3 == -- ) ]] && exit 0 ;;
esac
echo "npm: there is no $*" >&2
exit 1`,
  );
}

/** Everything that a workstation reaches where \`az login\` is done. */
export interface Around {
  readonly azure: Azure;
  readonly api: OpenApiServer;
  readonly internet: Internet;
}

/** A cluster of the documents' name whose network flexgen need not be told. */
const cluster: Partial<Cluster> = { resourceGroup: 'rg', networkPlugin: 'kubenet', networkPluginMode: null };

/** Signs in: Azure under its own names, the cluster aks1 behind it, and `az`. */
export async function signedIn(place: Place, changes: Partial<Cluster> = {}): Promise<Around> {
  const { t, env, write, standIn, called } = place;
  const [azure, api, internet] = await Promise.all([
    azureFor(t, { cluster: { ...cluster, ...changes } }),
    startOpenApiServer(t),
    startInternet(t),
  ]);
  azure.setCluster({ server: api.url });
  called.push([api.url, 'https://aks1-dns-x1y2z3w4.hcp.westeurope.azmk8s.io:443']);
  internet.lead('management.azure.com', { port: Number(new URL(azure.endpoint).port), tls: true });
  internet.lead('login.microsoftonline.com', { port: Number(new URL(azure.authorityHost).port), tls: true });
  write('../internet.pem', internet.ca);
  env['HTTPS_PROXY'] = internet.url;
  env['NODE_EXTRA_CA_CERTS'] = join(place.folder, '../internet.pem');
  const group = azure.resourceId.split('/')[4] ?? '';
  const secretFile = join(place.folder, '../new-secret');
  write('../new-secret', azure.credentials.secret);
  standIn(
    'az',
    `case "$*" in
'aks show -g ${group} -n aks1 --query id -o tsv') echo '${azure.resourceId}' ;;
'ad app credential reset --id CLIENT_ID --append --query password -o tsv') cat '${secretFile}' ;;
*) exec '${azure.commandLines.dir}/az' "$@" ;;
esac`,
  );
  return { azure, api, internet };
}

/** A config of that cluster: lines of YAML beside it. */
export const configOf = ({ resourceId }: Pick<Azure, 'resourceId'>, ...lines: readonly string[]): string =>
  ['apiVersion: flexgen/v1', 'cluster:', `  resourceId: ${resourceId}`, ...lines, ''].join('\n');

const name = 'node: { name: edge-01 }';

/** Configs of the node edge-01: with a token that flexgen makes, and with one that lies there. */
export const given = {
  minted: ['auth: { mode: bootstrap-token }', name],
  token: ['auth: { mode: bootstrap-token, token: { file: token } }', name],
} as const;

/** Runs what makes of a place what a block begins with. */
export async function must({ run }: Place, command: string): Promise<void> {
  const { code, output } = await run(command);
  assert.equal(code, 0, output);
}

/** Signs in, with a config of that cluster; a token that it may name lies beside it. */
export async function configured(
  place: Place,
  lines: readonly string[],
  changes: Partial<Cluster> = {},
): Promise<Around> {
  const around = await signedIn(place, changes);
  place.write('token', 'abcdef.0123456789abcdef');
  place.write('flexgen.yaml', configOf(around.azure, ...lines));
  return around;
}

/** The bootstrap token that flexgen has made is called as in the documents. */
export function callToken({ called }: Place, { tokens }: OpenApiServer): void {
  for (const token of tokens) called.push([token.split('.')[0] ?? '', 'abc123']);
}
