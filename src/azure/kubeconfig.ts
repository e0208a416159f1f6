import { parseDocument } from 'yaml';
import { isMap } from '../config/data.ts';
import { pem } from '../config/values/pem.ts';
import type { Result } from '../diagnostics/diagnostic.ts';
import { ok } from '../diagnostics/diagnostic.ts';
import { azureProblem } from './problem.ts';
import { azOptions, targetPath } from './target.ts';
import type { Target } from './target.ts';

/** What a machine needs of a kubeconfig: where the API server is, and the PEM of who signs for it. */
export interface Server {
  readonly server: string;
  readonly ca: string;
}

const unusable = (why: string, target: Target) =>
  ({
    ok: false,
    errors: [
      azureProblem(
        'azure/kubeconfig',
        `the kubeconfig that Azure gives for the cluster ${why}`,
        `\`az aks get-credentials ${azOptions(target)} --format exec --file -\` shows it`,
        targetPath,
      ),
    ],
  }) as const;

/** Server and CA of the first cluster of a kubeconfig. Its users, who may hold credentials, are not looked at. */
export function readKubeconfig(text: string, target: Target): Result<Server> {
  const parsed = parseDocument(text);
  if (parsed.errors.length > 0) return unusable('is no YAML', target);
  const document: unknown = parsed.toJS();
  const clusters: unknown = isMap(document) ? document['clusters'] : undefined;
  const first: unknown = Array.isArray(clusters) ? clusters[0] : undefined;
  const cluster = isMap(first) ? first['cluster'] : undefined;
  if (!isMap(cluster)) return unusable('names no cluster', target);
  const { server, 'certificate-authority-data': data } = cluster;
  if (typeof server !== 'string' || !server.startsWith('https://'))
    return unusable('names no https server', target);
  if (typeof data !== 'string') return unusable('has no CA', target);
  const ca = Buffer.from(data, 'base64').toString('utf8');
  const problem = pem(ca)?.message;
  return problem === undefined
    ? ok({ server: server.replace(/\/+$/, ''), ca })
    : unusable(`has a CA that is none: ${problem}`, target);
}
