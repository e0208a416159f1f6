import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { knownVersions, shippedDigest } from '../../../src/catalog/index.ts';
import type { Released } from '../../../src/catalog/index.ts';
import { publish, publishDigest, publishImage } from '../../upstream/publish.ts';
import { startUpstream } from '../../upstream/upstream.ts';
import type { Upstream } from '../../upstream/upstream.ts';
import { createRig } from '../run.ts';
import type { Outcome, Rig } from '../run.ts';
import { sample, sampleFiles } from '../sample.ts';

export const pause = 'mcr.microsoft.com/oss/v2/kubernetes/pause:3.10.2';

/** Versions that flexgen does not know, so that the stand-in can have their very bytes. */
export const made = {
  'kubelet': '1.36.90',
  'kubectl': '1.36.90',
  'kubeadm': '1.36.90',
  'containerd': '2.3.90',
  'runc': '1.4.90',
  'cni-plugins': '1.9.90',
  'crictl': '1.36.90',
} as const satisfies Partial<Record<Released, string>>;

const madeList = Object.entries(made) as [keyof typeof made, string][];

/** What makes a config want those. */
export const madeVersions = `versions:
  kubernetes: ${made.kubelet}
  containerd: ${made.containerd}
  runc: ${made.runc}
  cniPlugins: ${made['cni-plugins']}
  crictl: ${made.crictl}
artifacts: { lock: flexgen.lock.json }
`;

/** A folder with a config, and a network that ends at upstream's stand-in. */
export interface SupplySite extends Rig {
  readonly upstream: Upstream;
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Outcome>;
}

/** Upstream has the made-up versions, and the digests of what flexgen knows. */
export async function supplySite(t: TestContext, config = ''): Promise<SupplySite> {
  const rig = createRig(t, { ...sampleFiles, 'flexgen.yaml': sample + config });
  const upstream = await startUpstream(join(rig.folder, 'upstream'));
  t.after(() => upstream.stop());
  for (const [name, version] of madeList) {
    publish(upstream, name, version);
    for (const known of knownVersions(name)) {
      const [amd64 = '', arm64 = ''] = [
        shippedDigest(name, known, 'amd64'),
        shippedDigest(name, known, 'arm64'),
      ];
      publishDigest(upstream, name, known, { amd64, arm64 });
    }
  }
  publishImage(upstream, pause);
  return {
    ...rig,
    upstream,
    run: (args, env = {}) => rig.flexgen(args, { env: { ...upstream.env, NO_COLOR: '1', ...env } }),
  };
}
