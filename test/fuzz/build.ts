import { join } from 'node:path';
import { buildRuntime } from '../rig/services/binaries.ts';
import { goBuild } from '../rig/services/go-build.ts';
import { versions } from '../rig/services/versions.ts';

const root = join(import.meta.dirname, '..');

/** Builds containerd, and a program around the loader of kubelet's config, where they are not in the rig's cache. */
export async function buildReaders(): Promise<void> {
  await buildRuntime();
  // The same Kubernetes as the rig's, and what Go has compiled of it.
  process.env['GOFLAGS'] = `-modfile=${join(root, 'rig/go/kubernetes/go.mod')}`;
  await goBuild({
    name: 'kubelet-config',
    dir: join(root, 'fuzz/go/kubelet-config'),
    packages: './...',
    linkerFlags: [`-X main.version=${versions.kubernetes}`],
  });
  delete process.env['GOFLAGS'];
}
