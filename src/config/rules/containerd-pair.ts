import { containerdSupports, parseVersion, supportedContainerd } from '../../catalog/index.ts';
import type { FactRule } from './rule.ts';
import { kubeletMinor } from './versions-of.ts';

/** containerd must know the CRI of that Kubernetes. */
export const containerdPair: FactRule = ({ config, report }, facts) => {
  const { containerd } = config.versions;
  const minor = kubeletMinor(config, facts);
  if (containerd === undefined || minor === undefined || parseVersion(containerd) === undefined) return;
  if (containerdSupports(minor, containerd)) return;
  const message = `containerd ${containerd} does not suit Kubernetes 1.${minor}`;
  const hint = `take ${supportedContainerd(minor)}, or remove this key to take what suits`;
  report(['versions', 'containerd'], { code: 'config/version-pair', message, hint });
};
