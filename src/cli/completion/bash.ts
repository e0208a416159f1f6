import { encodeSh } from '../../encode/sh.ts';
import { nodeNames, pathsOf } from './model.ts';
import type { CompletedCommand, Values } from './model.ts';

/** Sets what the end of the function offers: words, or names of files or folders. */
function offer(values: Values | null): string {
  switch (values?.kind) {
    case 'words':
      return `words=${encodeSh(values.words.join(' '))}`;
    case 'files':
      return 'files=-f';
    case 'folders':
      return 'files=-d';
    case 'nodes':
      return 'words=$(_flexgen_nodes)';
    default:
      return ':';
  }
}

/** What may follow an option, where that takes a value. */
const optionArms = ({ path, options }: CompletedCommand): readonly string[] =>
  options
    .filter(({ value }) => value !== null)
    .map(({ flags, value }) => {
      const patterns = flags.map((flag) => encodeSh(`${path}:${flag}`));
      return `\t${patterns.join(' | ')}) ${offer(value)} ;;\n`;
    });

/** What may stand anywhere else: an option where a dash is begun, else a command or an argument. */
function commandArms({ path, options, subcommands, argument }: CompletedCommand): string {
  const flags = options.flatMap((one) => one.flags);
  const rest: Values | null =
    subcommands.length === 0 ? argument : { kind: 'words', words: subcommands.map(({ name }) => name) };
  return [
    `\t\t${encodeSh(`${path}:-`)}) ${offer({ kind: 'words', words: flags })} ;;\n`,
    `\t\t${encodeSh(`${path}:`)}*) ${offer(rest)} ;;\n`,
  ].join('');
}

/** For bash 3.2 (macOS has it) and later. */
export function bashCompletion(commands: readonly CompletedCommand[]): string {
  const paths = pathsOf(commands).map((path) => encodeSh(path));
  return `# bash completion of flexgen: source it, or keep it as ~/.local/share/bash-completion/completions/flexgen
# shellcheck shell=bash disable=SC2207

_flexgen_nodes() { awk ${encodeSh(nodeNames)} flexgen.yaml 2>/dev/null; }

_flexgen() {
	local IFS=$' \\n' path='' words='' files='' cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} i
	# \`--option=value\` comes as three words.
	if [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD - 2]}; fi
	if [[ $cur == = ]]; then cur=''; fi
	for ((i = 1; i < COMP_CWORD; i++)); do
		case "\${path:+$path }\${COMP_WORDS[i]}" in
		${paths.join(' | ')}) path+="\${path:+ }\${COMP_WORDS[i]}" ;;
		esac
	done
	case "$path:$prev" in
${commands.flatMap(optionArms).join('')}	*)
		case "$path:\${cur:0:1}" in
${commands.map(commandArms).join('')}		esac
		;;
	esac
	COMPREPLY=()
	if [[ $files ]]; then
		IFS=$'\\n'
		compopt -o filenames 2>/dev/null || :
		COMPREPLY=($(compgen "$files" -- "$cur"))
	elif [[ $words ]]; then
		COMPREPLY=($(compgen -W "$words" -- "$cur"))
	fi
}

complete -F _flexgen flexgen
`;
}
