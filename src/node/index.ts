import { isRegistry, mirrored, registryFolder } from '../catalog/index.ts';
import type { Spec } from '../config/spec.ts';
import { artifactFiles, planArtifacts } from './artifacts.ts';
import { authModes } from './auth/index.ts';
import type { Auth } from './auth/index.ts';
import { parts } from './components/index.ts';
import { settingsFile } from './components/node-settings.ts';
import { bootHooksFiles, filesToRemove, hooksFile, renderedFile } from './files.ts';
import { planImage } from './image.ts';
import { mirrorCaPath } from './paths.ts';
import { planImageArchives } from './mirrored-images.ts';
import { networkModes } from './networks/index.ts';
import type { Network } from './networks/index.ts';
import type {
  Contribution,
  ImagePlan,
  ModeDefinition,
  NodeFile,
  NodePlan,
  NodeTemplates,
  PlanContext,
} from './plan.ts';

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

const known = new WeakMap<NodeTemplates, Map<string, NodeFile>>();

/**
 * The file itself, or the one that the last plan from these templates had in its place where that is the same: who writes
 * the files of a fleet's nodes knows by it what it has written before. One for each path is remembered, no more.
 */
function shared(file: NodeFile, templates: NodeTemplates): NodeFile {
  const files = known.get(templates) ?? new Map<string, NodeFile>();
  known.set(templates, files);
  const before = files.get(file.path);
  if (before !== undefined && isSame(before, file)) return before;
  files.set(file.path, file);
  return file;
}

const isSame = (a: NodeFile, b: NodeFile): boolean =>
  a.content === b.content && a.mode === b.mode && a.phase === b.phase && a.secret === b.secret;

interface SharedPlan {
  readonly key: string;
  readonly facts: PlanContext['facts'];
  readonly lock: PlanContext['lock'];
  readonly contributions: readonly Contribution[];
}

const plans = new WeakMap<NodeTemplates, SharedPlan>();

/**
 * What the parts give, and the last of it again where nothing that they may look at has changed: the nodes of a fleet have
 * most of it in common. Where they report something, they are asked anew.
 */
function partsOf(context: PlanContext): readonly Contribution[] {
  const { spec, versions, bakes, facts, lock, templates } = context;
  const own = { ...spec, network: null, node: { ...spec.node, name: null } };
  const key = JSON.stringify([own, versions, bakes]);
  const last = plans.get(templates);
  if (last?.key === key && last.facts === facts && last.lock === lock) return last.contributions;
  let reports = 0;
  const counting: PlanContext = {
    ...context,
    report(at, problem) {
      reports += 1;
      context.report(at, problem);
    },
  };
  const contributions = parts.map((part) => part(counting));
  if (reports === 0) plans.set(templates, { key, facts, lock, contributions });
  else plans.delete(templates);
  return contributions;
}

/** The node's plan. Problems go to `context.report`; the plan counts only where no error was reported. */
export function planNode(spec: NodeSpec, context: PlanContext): NodePlan {
  const all = [
    ...partsOf(context),
    contribution<Auth>(authModes, spec.auth, context),
    contribution<Network>(networkModes, spec.network, context),
  ];
  const components = planArtifacts(
    all.flatMap((part) => part.artifacts ?? []),
    context,
  );
  const artifacts = [...components, ...planImageArchives(context)];
  const { mirror } = spec.artifacts;
  const others = all.flatMap((part) => part.files ?? []);
  const settings = {
    os: spec.node.os,
    arch: spec.node.arch,
    from: isRegistry(mirror) ? registryFolder(mirror) : mirrored('https://', mirror),
    mirrorCa: spec.artifacts.ca === null ? '' : mirrorCaPath,
    packages: union(all.map((part) => part.packages)),
    files: filesToRemove(others),
  };
  const podCIDR = all.map((part) => part.podCIDR).find((range) => range !== undefined) ?? '';
  const files = [
    settingsFile(context, podCIDR, ''),
    renderedFile(context.templates, '/etc/flexgen/image.env', settings),
    ...artifactFiles(artifacts, context),
    hooksFile(
      context.templates,
      all.flatMap((part) => part.hooks ?? []),
    ),
    ...bootHooksFiles(
      context.templates,
      all.flatMap((part) => part.bootHooks ?? []),
    ),
    ...others,
  ].map((file) => shared(file, context.templates));
  let image: ImagePlan | undefined;
  return {
    artifacts,
    files,
    // Only who makes or uses an image asks for it.
    get image() {
      return (image ??= planImage(files, podCIDR, context));
    },
  };
}
