import assert from 'node:assert/strict';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execute, program } from '../cli/run.ts';
import type { Outcome } from '../cli/run.ts';
import { buildBinaries } from './services/binaries.ts';
import { objectsIn, withoutCounts } from './services/objects.ts';
import type { Listed } from './services/objects.ts';
import { startControlPlane } from './services/control-plane.ts';
import type { ControlPlane } from './services/control-plane.ts';
import { until } from './services/processes.ts';
import { ensureTools } from './services/tools.ts';
import { versions } from './services/versions.ts';
import { application } from '../azure/server/applications.ts';

/** An API server, a folder of configs for it, and flexgen in that folder. */
export interface ClusterSite {
  readonly controlPlane: ControlPlane;
  readonly dir: string;
  /** Its kubectl, with the arguments in one text, none of which has a space. */
  kubectl(args: string, input?: object): Promise<string>;
  /** `flexgen cluster …` with the administrator's kubeconfig unless `kubeconfig` names another. */
  cluster(args: string, kubeconfig?: string): Promise<Outcome>;
  /** Writes a kubeconfig for this API server and returns its path. */
  kubeconfig(name: string, user: object, server?: string): Promise<string>;
  /** The one token that `flexgen cluster apply` has made for a config's node. */
  tokenOf(owner: string): Promise<{ readonly id: string; readonly token: string }>;
  /** Every ClusterRoleBinding by its name, without what the API server counts and dates. */
  bindings(): Promise<Readonly<Record<string, object>>>;
  /** Every object of every kind, by kind, namespace and name; but events and what holds a lease. */
  objects(): Promise<Readonly<Record<string, object>>>;
  /** The requests that changed, or tried to change, an object since the last call, made by flexgen. */
  writes(): Promise<readonly string[]>;
}

const changing = new Set(['create', 'update', 'patch', 'delete', 'deletecollection']);

/** The CA, for a cluster that says so in its config, is `ca.pem` beside the configs. */
export async function startClusterSite(
  dir: string,
  authenticationConfig?: string,
  nodeGracePeriod?: string,
): Promise<ClusterSite> {
  await ensureTools();
  const controlPlane = await startControlPlane({
    dir: join(dir, 'control-plane'),
    binaries: await buildBinaries(),
    ...(authenticationConfig === undefined ? {} : { authenticationConfig }),
    ...(nodeGracePeriod === undefined ? {} : { nodeGracePeriod }),
  });
  const configs = join(dir, 'configs');
  await mkdir(configs);
  await writeFile(join(configs, 'ca.pem'), controlPlane.caPem);
  const { clientId, tenantId, objectId } = application;
  const secret = { env: 'NOT_SET' };
  const server = `https://127.0.0.1:${controlPlane.port}`;
  const principal = { mode: 'service-principal', clientId, tenantId, secret };
  const minted = { mode: 'bootstrap-token' };
  const proxied = { components: { kubeProxy: 'on' } };
  for (const [name, auth, url, more] of [
    ['token', { mode: 'bootstrap-token', token: secret }, server, {}],
    ['principal', { ...principal, objectId }, server, {}],
    ['always', { ...principal, objectId, credentialUse: 'always' }, server, {}],
    ['elsewhere', { mode: 'bootstrap-token', token: secret }, controlPlane.server, {}],
    ['edge-1', minted, server, { node: { name: 'edge-1' } }],
    ['edge-2', { ...minted, ttl: '90m' }, server, { node: { name: 'edge-2' } }],
    ['proxied', { ...principal, objectId }, server, proxied],
    ['nvidia', { ...principal, objectId }, server, { runtime: { nvidia: 'auto' } }],
    ['proxied-token', { mode: 'bootstrap-token', token: secret }, server, proxied],
  ] as const) {
    await writeFile(
      join(configs, `${name}.yaml`),
      JSON.stringify({
        apiVersion: 'flexgen/v1',
        cluster: {
          name: 'rig',
          server: url,
          ca: { file: 'ca.pem' },
          kubernetesVersion: versions.kubernetes,
          clusterDNS: '10.96.0.10',
          podCIDRs: '10.244.0.0/16',
        },
        auth,
        network: { mode: 'external' },
        ...more,
      }),
    );
  }
  const kubectl: ClusterSite['kubectl'] = (args, input) =>
    controlPlane.kubectl(args.split(' '), input === undefined ? undefined : JSON.stringify(input));
  let seen = 0;
  let marks = 0;
  return {
    controlPlane,
    dir: configs,
    kubectl,
    cluster: (args, kubeconfig = controlPlane.kubeconfig) =>
      execute(process.execPath, [program, 'cluster', ...args.split(' ')], {
        cwd: configs,
        env: { KUBECONFIG: kubeconfig },
      }),
    async kubeconfig(name, user, url = server) {
      const path = join(configs, `${name}.kubeconfig`);
      const text = JSON.stringify({
        'clusters': [{ name, cluster: { 'server': url, 'insecure-skip-tls-verify': true } }],
        'users': [{ name, user }],
        'contexts': [{ name, context: { cluster: name, user: name } }],
        'current-context': name,
      });
      await writeFile(path, text);
      await chmod(path, 0o600);
      return path;
    },
    async tokenOf(owner) {
      const selector = `app.kubernetes.io/instance=${owner}`;
      const { items } = JSON.parse(await kubectl(`get secrets -n kube-system -l ${selector} -o json`)) as {
        items: { data: Record<string, string> }[];
      };
      assert.equal(items.length, 1);
      const text = (key: string): string => Buffer.from(items[0]?.data[key] ?? '', 'base64').toString();
      return { id: text('token-id'), token: `${text('token-id')}.${text('token-secret')}` };
    },
    async bindings() {
      const list: { readonly items: readonly Listed[] } = JSON.parse(
        await kubectl('get clusterrolebindings -o json'),
      );
      return Object.fromEntries(list.items.map((item) => [item.metadata.name, withoutCounts(item)]));
    },
    objects: () => objectsIn(controlPlane),
    async writes() {
      // An event is logged after its answer was sent: one of ours says that those before it are there.
      const marker = `/version?after=${seen}-${++marks}`;
      await kubectl(`get --raw ${marker}`);
      let events: Awaited<ReturnType<ControlPlane['audit']>> = [];
      const logged = async (): Promise<boolean> => {
        events = await controlPlane.audit();
        return events.some(({ path }) => path === marker);
      };
      await until('the audit log', logged, { seconds: 30 });
      const fresh = events.slice(seen);
      seen = events.length;
      return fresh
        .filter(({ userAgent }) => userAgent.startsWith('flexgen/'))
        .filter(({ verb }) => changing.has(verb))
        .map(({ verb, name, status }) => `${verb} ${name} ${status}`);
    },
  };
}
