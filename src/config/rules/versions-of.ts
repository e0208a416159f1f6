import { parseVersion } from '../../catalog/index.ts';
import type { Path } from '../path.ts';
import type { RawConfig } from '../raw-config.ts';
import type { KnownFacts } from './rule.ts';

/** The kubelet's version, and the path that says it. */
function kubeletVersion(
  config: RawConfig,
  facts: KnownFacts,
): { readonly text: string; readonly path: Path } {
  const own = config.versions.kubernetes;
  return own === undefined
    ? { text: facts.kubernetesVersion, path: ['cluster', 'kubernetesVersion'] }
    : { text: own, path: ['versions', 'kubernetes'] };
}

/** The kubelet's minor version, e.g. 36; undefined when the text is no version. */
export function kubeletMinor(config: RawConfig, facts: KnownFacts): number | undefined {
  return parseVersion(kubeletVersion(config, facts).text)?.minor;
}
