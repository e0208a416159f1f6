import { encodeFish } from '../../encode/fish.ts';
import { nodeNames, pathsOf } from './model.ts';
import type { CompletedCommand, CompletedOption, Values } from './model.ts';

/** What fish is told of a value: `-x` keeps names of files out. */
function offer(values: Values): string {
  switch (values.kind) {
    case 'words':
      return `-x -a ${encodeFish(values.words.join(' '))}`;
    case 'files':
      return '-r -F';
    case 'folders':
      return "-x -a '(__fish_complete_directories)'";
    case 'nodes':
      return "-x -a '(__flexgen_nodes)'";
    case 'anything':
      return '-x';
  }
}

/** An argument, which comes without a flag. */
const argument = (values: Values): string =>
  values.kind === 'files' ? '-F' : offer(values).replace(/^-x ?/, '');

const flagged = (flag: string): string =>
  flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`;

const described = (text: string): string => (text === '' ? '' : ` -d ${encodeFish(text)}`);

const optionLine = (at: string, { flags, description, value }: CompletedOption): string =>
  `${at} ${flags.map(flagged).join(' ')}${value === null ? '' : ` ${offer(value)}`}${described(description)}\n`;

function commandLines(command: CompletedCommand): string {
  const at = `complete -c flexgen -n ${encodeFish(`__flexgen_at ${encodeFish(command.path)}`)}`;
  const values = command.argument === null ? '' : argument(command.argument);
  return [
    ...command.subcommands.map(
      ({ name, description }) => `${at} -a ${encodeFish(name)}${described(description)}\n`,
    ),
    ...(values === '' || command.subcommands.length > 0 ? [] : [`${at} ${values}\n`]),
    ...command.options.map((option) => optionLine(at, option)),
  ].join('');
}

/** For fish 3 and later. */
export function fishCompletion(commands: readonly CompletedCommand[]): string {
  const paths = pathsOf(commands).map((path) => encodeFish(path));
  return `# fish completion of flexgen: keep it as ~/.config/fish/completions/flexgen.fish

function __flexgen_nodes
    awk ${encodeFish(nodeNames)} flexgen.yaml 2>/dev/null
end

# Whether the command line so far is of this command: the words that are names of commands, one after the other.
function __flexgen_at
    set -l path ''
    for word in (commandline -opc)[2..-1]
        set -l next (string trim -- "$path $word")
        contains -- $next ${paths.join(' ')}
        and set path $next
    end
    test "$path" = "$argv[1]"
end

complete -c flexgen -f
${commands.map(commandLines).join('')}`;
}
