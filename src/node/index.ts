import { mirrored } from '../catalog/index.ts';
import type { Spec } from '../config/spec.ts';
import { artifactFiles, planArtifacts } from './artifacts.ts';
import { authModes } from './auth/index.ts';
import type { Auth } from './auth/index.ts';
import { parts } from './components/index.ts';
import { settingsFile } from './components/node-settings.ts';
import { bootHooksFiles, hooksFile, renderedFile } from './files.ts';
import { planImage } from './image.ts';
import { mirrorCaPath } from './paths.ts';
import { networkModes } from './networks/index.ts';
import type { Network } from './networks/index.ts';
import type { Contribution, ModeDefinition, NodePlan, PlanContext } from './plan.ts';

/** The modes of this build, for the config's schema and loader. */
export const definitions = { auth: authModes, network: networkModes };

export { defaultNetwork } from './networks/default.ts';

/** A config whose auth and network modes are among the definitions. */
export type NodeSpec = Spec<Auth, Network>;

function contribution<M extends { readonly mode: string }>(
  modes: readonly ModeDefinition<M>[],
  mode: M,
  context: PlanContext,
): Contribution {
  const definition = modes.find((candidate) => candidate.mode === mode.mode);
  if (definition === undefined) throw new Error(`no definition of mode ${mode.mode}`);
  return definition.contribute(mode, context);
}

const union = (lists: readonly (readonly string[] | undefined)[]): string =>
  [...new Set(lists.flatMap((list) => list ?? []))].join(' ');

/** The node's plan. Problems go to `context.report`; the plan counts only where no error was reported. */
export function planNode(spec: NodeSpec, context: PlanContext): NodePlan {
  const all = [
    ...parts.map((part) => part(context)),
    contribution<Auth>(authModes, spec.auth, context),
    contribution<Network>(networkModes, spec.network, context),
  ];
  const artifacts = planArtifacts(
    all.flatMap((part) => part.artifacts ?? []),
    context,
  );
  const image = {
    os: spec.node.os,
    arch: spec.node.arch,
    from: mirrored('https://', spec.artifacts.mirror),
    mirrorCa: spec.artifacts.ca === null ? '' : mirrorCaPath,
    packages: union(all.map((part) => part.packages)),
  };
  const podCIDR = all.map((part) => part.podCIDR).find((range) => range !== undefined) ?? '';
  const files = [
    settingsFile(context, podCIDR, ''),
    renderedFile(context.templates, '/etc/flexgen/image.env', image),
    ...artifactFiles(artifacts, context),
    hooksFile(
      context.templates,
      all.flatMap((part) => part.hooks ?? []),
    ),
    ...bootHooksFiles(
      context.templates,
      all.flatMap((part) => part.bootHooks ?? []),
    ),
    ...all.flatMap((part) => part.files ?? []),
  ];
  return { artifacts, files, image: planImage(files, podCIDR, context) };
}
