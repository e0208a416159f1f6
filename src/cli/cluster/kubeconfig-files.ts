import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok, refused } from '../../diagnostics/diagnostic.ts';
import { UnreadableFile, readText } from '../../io/text.ts';
import type { KubeconfigText } from '../../kubernetes/kubeconfig.ts';
import type { World } from '../world.ts';

/** Where kubectl looks, in its order; a file that was named for this command must be there, the others may be missing. */
function candidates(named: string | undefined, { env }: World): readonly string[] {
  if (named !== undefined) return [named];
  const listed = (env['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== '');
  return listed.length > 0 ? listed : [join(env['HOME'] ?? homedir(), '.kube/config')];
}

/** The kubeconfigs of `--kubeconfig`, else of KUBECONFIG, else `~/.kube/config`. */
export async function kubeconfigFiles(
  named: string | undefined,
  world: World,
): Promise<Result<readonly KubeconfigText[]>> {
  const texts: KubeconfigText[] = [];
  for (const candidate of candidates(named, world)) {
    const path = resolve(world.cwd, candidate);
    try {
      texts.push({ path, text: await readText(path) });
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      if (error.missing && named === undefined) continue;
      const message = `can't read the kubeconfig ${candidate}: ${error.reason}`;
      const hint = '`az aks get-credentials` writes one';
      return refused({ code: 'cluster/kubeconfig', message, hint });
    }
  }
  return ok(texts);
}
