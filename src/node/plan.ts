import type { ClusterFacts } from '../config/facts.ts';
import type { ModeSchema } from '../config/mode.ts';
import type { FileRef, SecretRef, Spec, Versions } from '../config/spec.ts';
import type { Arch, Component, Lock } from '../catalog/index.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** One file of the node. `image` files are the same for every node of a config; `boot` files are this node's own. */
export interface NodeFile {
  readonly path: string;
  readonly mode: number;
  readonly content: string;
  readonly phase: 'image' | 'boot';
  /** Holds a credential: never shown, 0600 or stricter, scrubbed after the join. */
  readonly secret: boolean;
}

/** `join` = needed before the node can be Ready, `later` = installed once it is. */
type When = 'join' | 'later';

export interface WantedArtifact {
  readonly component: Component;
  readonly version: string;
  readonly when: When;
  /** Where it is put, or unpacked where it is an archive; default /usr/local/bin. */
  readonly folder?: string;
}

/** What a part of the node adds to the plan. */
export interface Contribution {
  readonly files?: readonly NodeFile[];
  readonly artifacts?: readonly WantedArtifact[];
  /** Its part of the boot: names of scripts in templates/node/usr/local/lib/flexgen/modes, later ones win. */
  readonly hooks?: readonly string[];
  /** The same for what only some nodes of an image need: they are no part of it. */
  readonly bootHooks?: readonly string[];
  /** The apt packages of the commands that its scripts call. */
  readonly packages?: readonly string[];
  /** The ranges of the node's pods, where the config says them; a blank between them. */
  readonly podCIDR?: string;
}

/** The node's own files, as templates/node has them. Paths are the node's, e.g. `/etc/containerd/config.toml`. */
export interface NodeTemplates {
  /** The text of a file that needs no values. */
  text(path: string): string;
  /** The text of `<path>.hbs` with these values, each encoded for the file's language. */
  render(path: string, values: Readonly<Record<string, unknown>>): string;
}

/** Everything the plan reads. All of it is data: the same context gives the same plan. */
export interface PlanContext {
  readonly spec: Spec;
  readonly facts: ClusterFacts;
  readonly versions: Versions;
  readonly lock: Lock | null;
  readonly templates: NodeTemplates;
  /** Milliseconds since the epoch: says what has expired, and nothing of what is written. */
  readonly now: number;
  /** Only phase `image` is wanted: what stands in a secret is not known, and not looked at. */
  readonly bakes: boolean;
  /** The text that a reference of the config stands for, already read. */
  file(ref: FileRef): string;
  secret(ref: SecretRef): string;
  /** Reports a problem at a config path; one that has a location already (in the lock file) keeps it. */
  report(at: string, problem: Omit<Diagnostic, 'path'>): void;
}

/** A mode of the config (auth, network) as a floor above knows it: its part of the schema and what it puts on the node. */
export interface ModeDefinition<M extends { readonly mode: string }> extends ModeSchema<M> {
  contribute(mode: M, context: PlanContext): Contribution;
}

/** What of a plan is not one node's alone: neither its name nor its network. */
export interface SharedContext extends Omit<PlanContext, 'spec'> {
  readonly spec: Omit<Spec, 'network' | 'node'> & { readonly node: Omit<Spec['node'], 'name'> };
}

/** One thing that is installed or set up on every node. The nodes of a fleet share what it gives. */
export type Part = (context: SharedContext) => Contribution;

/** One download of the node: the row of artifacts.tsv. */
export interface PlannedArtifact {
  readonly when: When;
  /** A component's, or that of an image's archive. */
  readonly name: string;
  readonly version: string;
  /** Empty: /usr/local/bin. */
  readonly folder: string;
  /** Upstream's, where `@` stands for amd64 or arm64. */
  readonly url: string;
  readonly sha256: { readonly [A in Arch]?: string };
}

/** What a golden image of a plan is. */
export interface ImagePlan {
  /** `<Kubernetes version>-<os>-<arch>-<first 12 hex digits of its digest>`: says what it is, and is like no other's. */
  readonly id: string;
  /** Container images that are pulled into it, the pause image first. */
  readonly images: readonly string[];
  /** node.env of a payload that is for this image, and says so. */
  readonly settings: NodeFile;
}

/** Everything one machine gets: each file once, and every download. */
export interface NodePlan {
  readonly files: readonly NodeFile[];
  readonly artifacts: readonly PlannedArtifact[];
  /** What of it a golden image holds. */
  readonly image: ImagePlan;
}
