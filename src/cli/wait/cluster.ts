import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import type { ApiServer } from '../../kubernetes/api-server.ts';
import { explain } from '../../kubernetes/join/explain.ts';
import type { Background } from '../../kubernetes/join/explain.ts';
import { textIn } from '../../kubernetes/json.ts';
import { lookAt } from '../../kubernetes/join/look.ts';
import { ClusterRefused, isPassing, unlessForbidden } from '../../kubernetes/refused.ts';
import type { NodeSpec } from '../../node/index.ts';
import type { Watched } from './follow.ts';

/** What a config says of how its nodes join. */
interface JoiningNodes extends Pick<NodeSpec, 'network' | 'auth'> {
  /** Empty: their machines name them. */
  readonly configured: readonly string[];
}

export interface WatchedCluster extends Watched {
  /** What is known of it for now. */
  background(): Background;
  /** Why it did not answer the last time; null where it did. */
  trouble(): ClusterRefused | null;
}

async function versionOf(api: ApiServer): Promise<string | null> {
  const call = { verb: 'get', resource: 'version', path: '/version' } as const;
  const answer = await unlessForbidden(api.call(call));
  return /^v(\d+\.\d+\.\d+)/.exec(textIn(answer, 'gitVersion'))?.[1] ?? null;
}

/**
 * The cluster for as long as nodes are waited for: a sign-in that runs out is renewed with `open`, and an API server that
 * has answered once may be silent for a while. Throws ClusterRefused.
 */
export async function watchCluster(
  names: readonly string[],
  { network, auth, configured }: JoiningNodes,
  open: () => Promise<Result<ApiServer>>,
): Promise<Result<WatchedCluster>> {
  const opened = await open();
  if (!opened.ok) return opened;
  let api = opened.value;
  const version = await versionOf(api);
  const mintsTokens = auth.mode === 'bootstrap-token' && auth.ttlSeconds !== null;
  const known = new Set(configured);
  // Of a node that the config does not have, it does not say how it joins.
  const mintsTokenFor = (name: string): boolean => mintsTokens && (known.size === 0 || known.has(name));
  // With its own credential for every call, a kubelet needs no certificate.
  const makeRequests = auth.credentialUse === 'bootstrap';
  let trouble: ClusterRefused | null = null;

  const background = (): Background => ({ api, version, networkMode: network.mode, mintsTokenFor });
  const renewing = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ClusterRefused) || error.status !== 401) throw error;
      const again = await open();
      if (!again.ok) throw error;
      api = again.value;
      return await work();
    }
  };
  const patient = async <T>(work: () => Promise<T>): Promise<T | null> => {
    try {
      const result = await renewing(work);
      trouble = null;
      return result;
    } catch (error) {
      if (!(error instanceof ClusterRefused) || !isPassing(error)) throw error;
      trouble = error;
      return null;
    }
  };
  return ok(
    {
      background,
      trouble: () => trouble,
      look: () => patient(() => lookAt(api, names, makeRequests)),
      explain: (standing) => patient(() => explain(standing, background())),
    },
    opened.warnings,
  );
}
