import type { ClusterFacts } from '../../config/facts.ts';
import { caPath } from '../../node/paths.ts';
import { snippetText } from './snippet.ts';

/** What makes a running node trust the cluster's CA, and with `only` no other any more. */
export function caSnippet({ name, ca }: ClusterFacts, only: boolean): string {
  return snippetText({
    title: `the CA of ${name} on a node that runs${only ? ', and no other any more' : ', beside those that it trusts'}`,
    body: 'ca',
    files: [{ path: caPath, mode: 0o644, content: ca }],
    settings: { drop: only ? '1' : "''" },
  });
}
