import { KubeConfig } from '@kubernetes/client-node';
import type { Cluster, Context, User } from '@kubernetes/client-node';
import { dirname } from 'node:path';
import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import { ok } from '../diagnostics/diagnostic.ts';

export interface KubeconfigText {
  /** Absolute: the files that it names are relative to its folder. */
  readonly path: string;
  readonly text: string;
}

/** The cluster that is meant. */
export interface Wish {
  /** The config's `cluster.server`. */
  readonly server: string;
  readonly context: string | undefined;
  /** The operator named the kubeconfig or the context for this very command. */
  readonly byHand: boolean;
}

/** How the cluster is reached, and as whom. */
export interface Entry {
  readonly context: string;
  readonly cluster: Cluster;
  readonly user: User;
}

const problem = (message: string, hint: string): Diagnostic => ({
  severity: 'error',
  code: 'cluster/kubeconfig',
  message,
  hint,
});
const failed = (message: string, hint: string) => ({ ok: false, errors: [problem(message, hint)] }) as const;

const getCredentials = '`az aks get-credentials` writes one';

function parse({ path, text }: KubeconfigText): KubeConfig | undefined {
  const config = new KubeConfig();
  try {
    config.loadFromString(text);
    config.makePathsAbsolute(dirname(path));
    return config;
  } catch {
    // The parser's words may quote a secret of the file.
    return undefined;
  }
}

/** `host:port`, so that `https://HOST` and `https://host:443/` are the same. */
function origin(server: string): string {
  if (!URL.canParse(server)) return server;
  const { protocol, hostname, port } = new URL(server);
  return `${protocol}//${hostname}:${port || '443'}`;
}

/** The first file that has a name wins, as with kubectl. */
const find = <T extends { readonly name: string }>(list: readonly T[], name: string): T | undefined =>
  list.find((it) => it.name === name);

function listed(contexts: readonly Context[]): string {
  return contexts.map(({ name }) => name).join(', ') || 'none';
}

/**
 * The way to the config's cluster among the kubeconfigs, which are merged as kubectl does. Another address than the
 * config's is an error where it may be a slip, and a warning where the operator chose it: that it is the same cluster
 * is then proven by the config's CA alone.
 */
export function chooseEntry(files: readonly KubeconfigText[], wish: Wish): Result<Entry> {
  if (files.length === 0)
    return failed('there is no kubeconfig', `${getCredentials}; \`--kubeconfig FILE\` names one`);
  const parsed: KubeConfig[] = [];
  for (const file of files) {
    const config = parse(file);
    if (config === undefined) return failed(`${file.path} is not a kubeconfig`, getCredentials);
    parsed.push(config);
  }
  const contexts = parsed.flatMap((config) => config.contexts);
  const clusters = parsed.flatMap((config) => config.clusters);
  const users = parsed.flatMap((config) => config.users);
  const current = parsed.map((config) => config.currentContext).find((it) => it !== undefined && it !== '');
  const name = wish.context ?? current;
  if (name === undefined) {
    return failed(
      'the kubeconfig has no current context',
      `\`--context NAME\` chooses one of: ${listed(contexts)}`,
    );
  }
  const context = find(contexts, name);
  if (context === undefined) {
    return failed(`the kubeconfig has no context \`${name}\``, `it has: ${listed(contexts)}`);
  }
  const cluster = find(clusters, context.cluster);
  const user = find(users, context.user);
  if (cluster === undefined || user === undefined) {
    const missing = cluster === undefined ? `cluster \`${context.cluster}\`` : `user \`${context.user}\``;
    return failed(
      `the kubeconfig’s context \`${name}\` names the ${missing}, which it doesn’t have`,
      getCredentials,
    );
  }
  if (!cluster.server.startsWith('https://')) {
    return failed(`the API server of context \`${name}\` is not an https URL`, getCredentials);
  }
  const entry = { context: name, cluster, user };
  if (origin(cluster.server) === origin(wish.server)) return ok(entry);
  const message = `context \`${name}\` reaches ${cluster.server}, the config’s cluster is ${wish.server}`;
  if (wish.byHand) {
    const hint = 'used because you named it; that it is the same cluster is checked by the config’s CA';
    return ok(entry, [{ ...problem(message, hint), severity: 'warning' }]);
  }
  const right = contexts.find((it) => {
    const candidate = find(clusters, it.cluster);
    return candidate !== undefined && origin(candidate.server) === origin(wish.server);
  });
  return failed(
    message,
    right === undefined
      ? 'get its kubeconfig with `az aks get-credentials`, or name the one that reaches it: `--kubeconfig FILE`'
      : `\`--context ${right.name}\` is the config’s cluster`,
  );
}
