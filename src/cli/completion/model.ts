import type { Argument, Command, Option } from 'commander';

/** What may stand where a value is wanted. */
export type Values =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  /** Known to the shell: names of files, of folders; and the node names that the config in the folder has. */
  | { readonly kind: 'files' | 'folders' | 'nodes' }
  /** Only the user knows. */
  | { readonly kind: 'anything' };

export interface CompletedOption {
  /** `-c` and `--config`. */
  readonly flags: readonly string[];
  readonly description: string;
  /** Null for a switch. */
  readonly value: Values | null;
}

export interface CompletedCommand {
  /** What is typed before it: `identity plan`; empty for the program itself. */
  readonly path: string;
  readonly options: readonly CompletedOption[];
  readonly subcommands: readonly { readonly name: string; readonly description: string }[];
  /** What its arguments may be; null where it has none. */
  readonly argument: Values | null;
}

/** By the name that stands for the value in the help: `<file>`, `[nodes...]`. */
function valuesOf(name: string, choices: readonly string[] | undefined): Values {
  if (choices !== undefined) return { kind: 'words', words: choices };
  switch (name) {
    case 'file':
    case 'a':
    case 'b':
      return { kind: 'files' };
    case 'folder':
      return { kind: 'folders' };
    case 'node':
    case 'nodes':
      return { kind: 'nodes' };
    default:
      return { kind: 'anything' };
  }
}

function completedOption({ short, long, flags, description, argChoices }: Option): CompletedOption {
  const value = /[<[]([\w/-]+)/.exec(flags)?.[1];
  return {
    flags: [short, long].filter((flag) => flag != null),
    description,
    value: value === undefined ? null : valuesOf(value, argChoices),
  };
}

const argumentValues = (first: Argument | undefined): Values | null =>
  first === undefined ? null : valuesOf(first.name(), first.argChoices);

/** All that can be typed, from the definitions that the command line itself is read by. */
export function completedCommands(
  command: Command,
  path = '',
  siblings: readonly string[] = [],
): readonly CompletedCommand[] {
  const help = command.createHelp();
  const subcommands = help.visibleCommands(command);
  const names = subcommands.map((one) => one.name());
  return [
    {
      path,
      options: help.visibleOptions(command).map(completedOption),
      subcommands: subcommands.map((one) => ({ name: one.name(), description: one.description() })),
      // Commander's own command, of which it says only that its argument is a command.
      argument:
        command.name() === 'help'
          ? { kind: 'words', words: siblings }
          : argumentValues(command.registeredArguments[0]),
    },
    ...subcommands.flatMap((one) => completedCommands(one, `${path} ${one.name()}`.trim(), names)),
  ];
}

/** Every path below the program's own. */
export const pathsOf = (commands: readonly CompletedCommand[]): readonly string[] =>
  commands.map(({ path }) => path).filter((path) => path !== '');

/**
 * An awk program that prints the names of the nodes in a config: those under its keys `node` and `nodes`. No YAML reader
 * is at hand where completion must be instant; what it misses is typed.
 */
export const nodeNames =
  '/^[A-Za-z]/ { top = $1 } top ~ /^nodes?:/ { line = $0; while (match(line, /name: *"?[a-z0-9][a-z0-9.-]*/)) { name = substr(line, RSTART, RLENGTH); sub(/^name: *"?/, "", name); print name; line = substr(line, RSTART + RLENGTH) } }';
