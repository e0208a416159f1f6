import type { PartKind } from './decode/kinds.ts';
import type { Stage } from './read/stages.ts';

/** What a payload would do to a machine. Every text in it has its secrets masked. */
export interface Review {
  /** What the file is called. */
  readonly name: string;
  readonly bytes: number;
  /** What the user-data is wrapped in, from the outside in; empty for plain text. */
  readonly wrapping: readonly string[];
  readonly parts: readonly ReviewedPart[];
  readonly files: readonly ReviewedFile[];
  readonly units: readonly ReviewedUnit[];
  readonly downloads: readonly ReviewedDownload[];
  readonly commands: readonly ReviewedCommand[];
  /** What else cloud-init is told to do. */
  readonly modules: readonly ReviewedModule[];
  readonly secrets: readonly ReviewedSecret[];
  readonly timeline: readonly Moment[];
  readonly budget: readonly Budget[];
  /** What a reviewer should know beside all that. */
  readonly notes: readonly string[];
}

export interface ReviewedPart {
  readonly name: string;
  readonly kind: PartKind;
  readonly via: readonly string[];
  readonly bytes: number;
  /** Null for a cloud-config: what it says stands in files, commands and modules. */
  readonly text: string | null;
}

export interface ReviewedFile {
  readonly path: string;
  /** Four octal digits. */
  readonly mode: string;
  readonly owner: string | null;
  readonly bytes: number;
  readonly part: string;
  readonly packed: string | null;
  readonly append: boolean;
  readonly secret: boolean;
  /** Null where it is no text, or too much. */
  readonly text: string | null;
  /** Of its content; null where that is shown: of a secret one could guess it by. */
  readonly sha256: string | null;
}

export interface ReviewedUnit {
  readonly name: string;
  readonly path: string | null;
  readonly runs: readonly string[];
  readonly state: readonly string[];
}

interface ReviewedDownload {
  readonly url: string;
  readonly digest: string | null;
  readonly from: string;
}

export interface ReviewedCommand {
  readonly stage: Stage;
  readonly when: 'first boot' | 'every boot';
  readonly text: string;
  readonly part: string;
}

export interface ReviewedModule {
  readonly key: string;
  readonly stage: Stage;
  readonly part: string;
  /** YAML. */
  readonly text: string;
}

export interface ReviewedSecret {
  readonly kind: string;
  /** What stands in its place; the same secret has the same everywhere. */
  readonly label: string;
  readonly where: string;
  readonly line: number;
}

/** One thing of a boot, in its order. */
export interface Moment {
  readonly stage: Stage;
  readonly what: string;
  readonly when: 'first boot' | 'every boot';
}

/** What a target says to this payload. */
export interface Budget {
  readonly target: string;
  readonly title: string;
  /** What the limit counts of it, in bytes. */
  readonly counted: number;
  /** Null where there is none. */
  readonly limit: number | null;
  /** Whether it takes the payload in this envelope. */
  readonly takes: boolean;
}
