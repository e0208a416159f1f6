import { architectures, resolveArtifact } from '../catalog/index.ts';
import type { Arch, Artifact, Component } from '../catalog/index.ts';
import type { FileRef, Spec } from '../config/spec.ts';
import { textFile } from './files.ts';
import { mirrorCaPath } from './paths.ts';
import type { NodeFile, PlanContext, PlannedArtifact, SharedContext, WantedArtifact } from './plan.ts';

/** Stands in a URL for the machine's architecture; no upstream URL has it otherwise. */
const placeholder = '@';

/** Where the config says a component's version, or wants the component, or has a cluster of that version. */
function versionPath(component: Component, { versions, cluster }: Spec): string {
  switch (component) {
    case 'kubelet':
    case 'kubectl':
    case 'kubeadm':
      if (versions.kubernetes !== null) return 'versions.kubernetes';
      return cluster.kind === 'facts-file' ? cluster.facts.at : 'cluster.kubernetesVersion';
    case 'node-problem-detector':
      return versions.nodeProblemDetector === null
        ? 'components.nodeProblemDetector'
        : 'versions.nodeProblemDetector';
    case 'cni-plugins':
      return 'versions.cniPlugins';
    // Only a lock file has it.
    case 'azcmagent':
      return 'artifacts.lock';
    default:
      return `versions.${component}`;
  }
}

function resolve(wanted: WantedArtifact, arch: Arch, context: PlanContext): Artifact | undefined {
  const resolved = resolveArtifact(wanted.component, wanted.version, arch, context.lock);
  for (const problem of resolved.ok ? resolved.warnings : resolved.errors)
    context.report(versionPath(wanted.component, context.spec), problem);
  return resolved.ok ? resolved.value : undefined;
}

/** Those that the node may have. */
export const archesOf = ({ node: { arch } }: SharedContext['spec']): readonly Arch[] =>
  arch === 'auto' ? architectures : [arch];

/** URL and digest of everything the parts want, for each architecture. Problems are reported. */
export function planArtifacts(
  wanted: readonly WantedArtifact[],
  context: PlanContext,
): readonly PlannedArtifact[] {
  const arches = archesOf(context.spec);
  return wanted.flatMap((artifact) => {
    const found = arches.flatMap((arch) => resolve(artifact, arch, context) ?? []);
    const [url, ...others] = new Set(found.map((one) => one.url.replaceAll(one.arch, placeholder)));
    if (url === undefined || found.length < arches.length) return [];
    if (others.length > 0) {
      context.report('node.arch', {
        severity: 'error',
        code: 'node/arch-urls',
        message: `the URLs of ${artifact.component} differ in more than the architecture, so it can't be chosen at boot`,
        hint: 'set node.arch to amd64 or arm64, or mend the lock file',
      });
    }
    const sha256 = Object.fromEntries(found.map((one) => [one.arch, one.sha256]));
    const { component, version, when, folder = '' } = artifact;
    return [{ when, name: component, version, folder, url, sha256 }];
  });
}

/** curl and apt ask this file alone: what the proxy signs in the mirror's place must hold, too. */
function trustedWithProxy(ca: FileRef, context: PlanContext): string {
  const { ca: proxyCa } = context.spec.proxy;
  const text = context.file(ca);
  return proxyCa === null ? text : `${text.trimEnd()}\n${context.file(proxyCa)}`;
}

/** The list that `install` reads, and the CA of the mirror in it. A digest that is not wanted is a dash. */
export function artifactFiles(
  planned: readonly PlannedArtifact[],
  context: PlanContext,
): readonly NodeFile[] {
  const ca = context.spec.artifacts.ca;
  const rows = planned.map(({ when, name, folder, url, sha256 }) =>
    [when, name, url.replace('https://', ''), sha256.amd64 ?? '-', sha256.arm64 ?? '-', folder]
      .join('\t')
      .trimEnd(),
  );
  return [
    textFile('/etc/flexgen/artifacts.tsv', `${rows.join('\n')}\n`),
    ...(ca === null ? [] : [textFile(mirrorCaPath, trustedWithProxy(ca, context))]),
  ];
}
