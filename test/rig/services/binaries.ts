import { join, resolve } from 'node:path';
import { goBuild } from './go-build.ts';
import { kubernetesModule, kubernetesPrograms } from './kubernetes-module.ts';
import { run } from './run.ts';
import { versions } from './versions.ts';

const modules = resolve(import.meta.dirname, '../go');

/** Folders of programs for linux/amd64, all static. */
export interface Binaries {
  /** kubelet, kubeadm, kubectl, kube-apiserver, kube-controller-manager, kube-scheduler */
  readonly kubernetes: string;
  /** containerd, containerd-shim-runc-v2, ctr and the CNI plugins */
  readonly runtime: string;
  /** runc */
  readonly runc: string;
  /** pause, hello, crictl */
  readonly standins: string;
}

/** Builds what is not in the cache yet: about ten minutes of two cores the first time, a second later on. */
export async function buildBinaries(): Promise<Binaries> {
  await requireGo();
  // One after the other: each build takes all cores by itself.
  const runtime = await buildRuntime();
  const runc = await goBuild({
    name: 'runc',
    dir: join(modules, 'runc'),
    packages: 'tool',
    linkerFlags: [],
    cgoTags: ['seccomp', 'netgo', 'osusergo'],
  });
  const standins = await goBuild({
    name: 'standins',
    dir: join(modules, 'standins'),
    packages: './...',
    linkerFlags: [`-X main.version=${versions.crictl}`],
  });
  const kubernetes = await goBuild({
    name: 'kubernetes',
    dir: await kubernetesModule(versions.kubernetes, join(modules, 'kubernetes'), kubernetesPrograms),
    packages: 'tool',
    linkerFlags: kubernetesVersionFlags(versions.kubernetes),
  });
  return { kubernetes, runtime, runc, standins };
}

/** The folder of containerd and the CNI plugins. */
export const buildRuntime = (): Promise<string> =>
  goBuild({
    name: 'runtime',
    dir: join(modules, 'runtime'),
    packages: 'tool',
    linkerFlags: [
      `-X github.com/containerd/containerd/v2/version.Version=v${versions.containerd}`,
      `-X github.com/containernetworking/plugins/pkg/utils/buildversion.BuildVersion=v${versions.cniPlugins}`,
    ],
  });

/** The folder of kube-proxy, which only some scenarios need: it and the others do not share all of their dependencies. */
export async function buildKubeProxy(): Promise<string> {
  const dir = await kubernetesModule(versions.kubernetes, join(modules, 'kube-proxy'), ['kube-proxy']);
  const linkerFlags = kubernetesVersionFlags(versions.kubernetes);
  return goBuild({ name: 'kube-proxy', dir, packages: 'tool', linkerFlags });
}

/** The folder of rig-cni. */
export const buildRigCni = (): Promise<string> =>
  goBuild({ name: 'cni', dir: join(modules, 'cni'), packages: './...', linkerFlags: [] });

/** From 1.21 on Go fetches the release that a go.mod asks for; an older one would fail in the middle, and obscurely. */
async function requireGo(): Promise<void> {
  const version = await run('go', ['env', 'GOVERSION']);
  const minor = /^go1\.(\d+)/.exec(version)?.[1];
  if (minor === undefined || Number(minor) < 21) {
    throw new Error(`the rig needs Go 1.21 or newer, here is ${version.trim()}: https://go.dev/doc/install`);
  }
}

/** Without these a kubelet registers as v0.0.0-master, and version skew is not what the API server sees. */
function kubernetesVersionFlags(version: string): string[] {
  const [major, minor] = version.split('.');
  return ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((path) => [
    `-X ${path}.gitVersion=v${version}`,
    `-X ${path}.gitMajor=${major}`,
    `-X ${path}.gitMinor=${minor}`,
  ]);
}
