import type { Canaries } from './canaries.ts';
import { nowhere } from './configs.ts';
import type { Output } from './places.ts';

/** One command line at the desk. */
export interface Run {
  readonly args: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What its standard output is; default: text. */
  readonly output?: Output;
  readonly exitCode: number;
  /** Everything that talks is made to talk. */
  readonly debug?: true;
}

/** Every switch by which the libraries inside can be made to say more. Node.js's own is refused: see `refused`. */
const loud = { DEBUG: '*', AZURE_LOG_LEVEL: 'verbose' };

const modes = ['token', 'minted', 'principal', 'certificate', 'federated', 'managed', 'arc', 'arc-principal'];

const ok = (args: string, more: Partial<Run> = {}): Run => ({ args, exitCode: 0, ...more });

/** What makes the payloads that the others look at, one after the other; afterwards Azure and the cluster have everything. */
export const making: readonly Run[] = [
  ...modes.map((mode) => ok(`cloud-init -c ${mode}.yaml --out ${mode}.payload`)),
  // A token of Entra is a kilobyte more.
  ok('cloud-init -c arc-token.yaml --envelope gzip --out arc-token.payload'),
  ok('render -c fleet.yaml --out fleet'),
  ok('facts -c token.yaml --out aks1.facts.yaml'),
  ok('packer -c token.yaml --out build'),
  ok('cloud-init -c token.yaml --envelope nocloud-iso --out token.iso'),
  ok('cloud-init -c principal.yaml --envelope gzip --out principal.gz'),
];

const payload = { output: 'payload' } as const;
const json = { output: 'json' } as const;

const rendering: readonly Run[] = [
  ok('cloud-init -c token.yaml', payload),
  ok('cloud-init -c token.yaml --offline', { ...payload, exitCode: 3 }),
  ok('cloud-init -c offline.yaml --offline', payload),
  ok('cloud-init -c principal.yaml --no-setup --image golden', payload),
  ok('cloud-init -c arc.yaml --envelope gzip', payload),
  ok('cloud-init -c minted.yaml --target vsphere', payload),
  ok('cloud-init -c arc-token.yaml --envelope gzip --dry-run'),
  ok('cloud-init -c certificate.yaml --envelope external', payload),
  ok('cloud-init -c token.yaml --envelope include --url https://boot.corp/x --hosted hosted.payload'),
  ok('validate -c token.yaml'),
  ok('validate -c principal.yaml --json', json),
  ok('validate -c certificate.yaml'),
  ok('render -c fleet.yaml --out fleet'),
  ok('packer -c principal.yaml --out build'),
];

const reading: readonly Run[] = [
  ok('inspect token.payload'),
  ok('inspect arc.payload --json', json),
  ok('inspect arc-token.payload'),
  ok('inspect principal.payload --html --out principal.html'),
  ok('inspect certificate.payload --html'),
  ok('inspect token.iso'),
  ok('diff minted.payload token.payload', { exitCode: 5 }),
  ok('diff principal.payload arc-principal.payload --json', { ...json, exitCode: 5 }),
  ok('diff arc.payload certificate.payload', { exitCode: 5 }),
];

const asking: readonly Run[] = [
  ok('preflight -c token.yaml', { exitCode: 5 }),
  ok('preflight -c principal.yaml --json', { ...json, exitCode: 5 }),
  ok('identity plan -c arc.yaml'),
  ok('identity apply -c arc.yaml --json', json),
  ok('identity verify -c arc.yaml'),
  ok('identity verify -c principal.yaml --json', json),
  ok('cluster plan -c minted.yaml'),
  ok('cluster apply -c minted.yaml --json', json),
  ok('cluster plan -c token.yaml --kubeconfig token.kubeconfig'),
  ok('cluster plan -c token.yaml --kubeconfig plugin.kubeconfig --json', json),
  ok('cluster plan -c token.yaml --kubeconfig key.kubeconfig'),
  ok('wait -c token.yaml --timeout 0', { exitCode: 5 }),
  ok('wait -c minted.yaml --timeout 0 --json', { ...json, exitCode: 5 }),
  ok('facts -c token.yaml'),
  ok('identity plan -c signed-in-secret.yaml'),
  ok('identity plan -c signed-in-certificate.yaml'),
  ok('identity plan -c signed-in-federated.yaml'),
  ok('schema'),
  ok('version'),
  ok('help cloud-init'),
];

const proxied = (known: Canaries) => ({
  HTTPS_PROXY: nowhere.replace('//', `//me:${known.operatorProxyPassword}@`),
});

const operator = (known: Canaries) => ({
  AZURE_CLIENT_ID: '33333333-2222-4111-8000-999999999999',
  AZURE_TENANT_ID: '33333333-2222-4111-8000-999999999998',
  AZURE_CLIENT_SECRET: known.clientSecret,
  AZURE_CLIENT_CERTIFICATE_PASSWORD: known.certificatePassword,
});

/** What goes wrong near a secret. */
const failing = (known: Canaries): readonly Run[] => [
  ok('lock -c token.yaml', { env: proxied(known), exitCode: 4 }),
  ok('bundle -c token.yaml --out mirror', { env: proxied(known), exitCode: 3 }),
  ok('facts -c token.yaml', { env: proxied(known), exitCode: 4 }),
  ok('facts -c token.yaml', { env: operator(known), exitCode: 4 }),
  ok('cluster plan -c offline.yaml --kubeconfig plugin.kubeconfig', { env: operator(known) }),
  ok('validate -c bad-token.yaml', { exitCode: 3 }),
  ok('validate -c bad-file.yaml --json', { ...json, exitCode: 3 }),
  ok('validate -c bad-command.yaml', { exitCode: 3 }),
  ok('validate -c bad-plain.yaml', { exitCode: 3 }),
  ok('validate -c bad-place.yaml --json', { ...json, exitCode: 3 }),
  ok('validate -c bad-syntax.yaml', { exitCode: 3 }),
  ok('validate -c bad-url.yaml', { exitCode: 3 }),
  ok('validate -c bad-key.yaml', { exitCode: 3 }),
  ok('cloud-init -c wrong-secret.yaml', { exitCode: 4 }),
  ok('cloud-init -c too-large.yaml', { exitCode: 3 }),
  ok('cloud-init -c token.yaml --out no/such/folder/x', { exitCode: 2 }),
  ok('cluster plan -c token.yaml --kubeconfig broken.kubeconfig', { exitCode: 2 }),
  ok('cluster plan -c token.yaml --kubeconfig half.kubeconfig', { exitCode: 4 }),
  ok('cluster plan -c token.yaml --kubeconfig failing.kubeconfig', { exitCode: 4 }),
  ok('inspect cut.payload', { exitCode: 3 }),
];

const talking = (known: Canaries): readonly Run[] => [
  ok('cloud-init -c minted.yaml', { ...payload, env: loud, debug: true }),
  ok('identity plan -c signed-in-secret.yaml', { env: loud, debug: true }),
  ok('identity plan -c signed-in-certificate.yaml', { env: loud, debug: true }),
  ok('identity plan -c signed-in-federated.yaml', { env: loud, debug: true }),
  ok('cluster plan -c token.yaml --kubeconfig token.kubeconfig', { env: loud, debug: true }),
  ok('preflight -c token.yaml', { env: loud, debug: true, exitCode: 5 }),
  ok('facts -c token.yaml', { env: { ...loud, ...proxied(known) }, debug: true, exitCode: 4 }),
  ok('cloud-init -c wrong-secret.yaml', { env: loud, debug: true, exitCode: 4 }),
  ok('cloud-init -c token.yaml', { env: { NODE_DEBUG: '*' }, debug: true, exitCode: 2 }),
  ok('cloud-init -c token.yaml', { env: { NODE_DEBUG: 'http,child_process' }, debug: true, exitCode: 2 }),
];

/** What is run once everything is there, in any order. */
export const looking = (known: Canaries): readonly Run[] => [
  ...rendering,
  ...reading,
  ...asking,
  ...failing(known),
  ...talking(known),
];

/** What takes everything back. */
export const removing: readonly Run[] = [
  ok('cluster remove -c minted.yaml --json', json),
  ok('identity remove -c arc.yaml'),
];
