import type { Block } from './blocks.ts';
import type { Place } from './place.ts';

/** Commands that are run, and compared with what the document shows of them. */
export interface Commands {
  readonly kind: 'commands';
  readonly prepare?: (place: Place, block: Block) => Promise<void> | void;
  /** How each command ends; default: each with 0. */
  readonly codes?: readonly number[];
  /** The command that prints a block which shows none: all of it, or with `…` a part. */
  readonly of?: string;
  /** What is written otherwise here, as a path that is nobody's: the document's words, and those that are run. */
  readonly instead?: Readonly<Record<string, string>>;
  /** The shell of a command that is not for bash, by the word that says so. */
  readonly shells?: Readonly<Record<string, string>>;
  /** What has to be true afterwards. */
  readonly after?: (place: Place) => Promise<void> | void;
}

/** What a machine says at a time when no test has one: the words of each line, as flexgen's sources have them. */
export interface Words {
  readonly kind: 'words';
  /** Parts of the block, and each of a file below `where`. */
  readonly words: readonly string[];
  readonly where: string;
}

/** A config or a part of one, that `flexgen validate` takes. */
export interface Config {
  readonly kind: 'config';
  /** Makes configs of the block's text; default: one that is the block as it stands. */
  readonly configs?: (text: string) => readonly string[];
  /** What stands in the config where the block has nothing of it. */
  readonly base?: Readonly<Record<string, string>>;
  readonly prepare?: (place: Place, block: Block) => Promise<void> | void;
}

/** What no test here can run, and why. */
export interface Unrun {
  readonly kind: 'unrun';
  readonly why: string;
}

export type Case = Commands | Words | Config | Unrun;

/** The cases of a document: by heading, one for each block below it, in their order. */
export type Cases = Readonly<Record<string, readonly Case[]>>;

export const commands = (parts: Omit<Commands, 'kind'> = {}): Commands => ({ kind: 'commands', ...parts });

export const words = (where: string, ...parts: readonly string[]): Words => ({
  kind: 'words',
  words: parts,
  where,
});

export const unrun = (why: string): Unrun => ({ kind: 'unrun', why });

export const config = (parts: Omit<Config, 'kind'> = {}): Config => ({ kind: 'config', ...parts });
