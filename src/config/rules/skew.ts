import { parseVersion } from '../../catalog/index.ts';
import type { FactRule } from './rule.ts';

// kubernetes.io/releases/version-skew-policy: kubelet may be three minors older than the API server, and never newer.
const oldest = 3;

export const skew: FactRule = ({ config, report }, { kubernetesVersion }) => {
  const own = config.versions.kubernetes;
  const kubelet = parseVersion(own ?? '');
  const server = parseVersion(kubernetesVersion);
  if (own === undefined || kubelet === undefined || server === undefined) return;
  const behind = server.minor - kubelet.minor;
  if (kubelet.major === server.major && behind >= 0 && behind <= oldest) return;
  const newer = kubelet.major > server.major || (kubelet.major === server.major && behind < 0);
  const span = `1.${Math.max(0, server.minor - oldest)} to 1.${server.minor}`;
  report(['versions', 'kubernetes'], {
    code: 'config/skew',
    message: `kubelet ${own} is ${newer ? 'newer than' : 'too old for'} the cluster, which runs ${kubernetesVersion}`,
    hint: `take ${span}, or remove this key to take the cluster’s version`,
  });
};
