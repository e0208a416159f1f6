import { encodeSh } from '../../encode/sh.ts';
import { nodeNames } from './model.ts';
import type { CompletedCommand, CompletedOption, Values } from './model.ts';

/** What zsh is told of a value: the action at the end of a specification. */
function action(values: Values): string {
  switch (values.kind) {
    case 'words':
      return `(${values.words.join(' ')})`;
    case 'files':
      return '_files';
    case 'folders':
      return '_files -/';
    case 'nodes':
      return '_flexgen_nodes';
    case 'anything':
      return ' ';
  }
}

/** Colons, brackets and backslashes part a specification. */
const plain = (text: string): string => text.replace(/[\\[\]:]/g, String.raw`\$&`);

/** Each flag of an option, which leaves out the others of it. */
const optionWords = ({ flags, description, value }: CompletedOption): readonly string[] =>
  flags.map((flag) => {
    const attached = value === null ? '' : flag.startsWith('--') ? '=' : '+';
    const rest = value === null ? '' : `:value:${action(value)}`;
    return encodeSh(`(${flags.join(' ')})${flag}${attached}[${plain(description)}]${rest}`);
  });

const functionName = (path: string): string => `_flexgen_${path.replaceAll(/[^a-z]/g, '_')}`;

function leaf({ options, argument }: CompletedCommand): string {
  const rest = argument === null ? [] : [encodeSh(`*:argument:${action(argument)}`)];
  return `\t_arguments -s -S : \\\n\t\t${[...options.flatMap(optionWords), ...rest].join(' \\\n\t\t')}\n`;
}

function group({ path, options, subcommands }: CompletedCommand): string {
  const words = [...options.flatMap(optionWords), `'1: :->command'`, `'*:: :->rest'`];
  return `\tlocal curcontext=$curcontext state line
	local -a commands=(
${subcommands.map(({ name, description }) => `\t\t${encodeSh(`${name}:${plain(description)}`)}\n`).join('')}	)
	_arguments -C -S : \\
		${words.join(' \\\n\t\t')}
	case $state in
	command) _describe -t commands command commands ;;
	rest)
		case $line[1] in
${subcommands.map(({ name }) => `\t\t${name}) ${functionName(`${path} ${name}`.trim())} ;;\n`).join('')}		esac
		;;
	esac
`;
}

const definition = (command: CompletedCommand): string =>
  `${command.path === '' ? '_flexgen' : functionName(command.path)}() {\n${command.subcommands.length === 0 ? leaf(command) : group(command)}}\n`;

/** For zsh 5 and later. */
export function zshCompletion(commands: readonly CompletedCommand[]): string {
  return `#compdef flexgen
# zsh completion of flexgen: keep it as _flexgen in a folder of $fpath, or source it after compinit

_flexgen_nodes() {
	local -a names=($(awk ${encodeSh(nodeNames)} flexgen.yaml 2>/dev/null))
	compadd -a names
}

${commands.map(definition).join('\n')}
if [[ $funcstack[1] == _flexgen ]]; then _flexgen "$@"; else compdef _flexgen flexgen; fi
`;
}
