import { knownVersions } from './digests.ts';
import { parseVersion } from './version.ts';

interface ComponentVersions {
  readonly kubernetes: string;
  readonly containerd: string;
  readonly runc: string;
  readonly cniPlugins: string;
  readonly crictl: string;
  readonly nodeProblemDetector: string;
}

/**
 * What is installed beside that Kubernetes when the config says nothing.
 * containerd 2.3 is the long-term line (to April 2028) and serves every Kubernetes from 1.34 on.
 */
export function defaultVersions(kubernetesVersion: string): ComponentVersions {
  return {
    kubernetes: kubernetesVersion,
    containerd: '2.3.4',
    runc: '1.4.3',
    cniPlugins: '1.9.1',
    crictl: crictlFor(kubernetesVersion) ?? '1.36.0',
    nodeProblemDetector: '1.36.0',
  };
}

/** crictl follows Kubernetes' minors. */
function crictlFor(kubernetesVersion: string): string | undefined {
  const wanted = parseVersion(kubernetesVersion);
  return knownVersions('crictl').find((text) => {
    const candidate = parseVersion(text);
    return candidate?.major === wanted?.major && candidate?.minor === wanted?.minor;
  });
}
