import { Argument } from 'commander';
import type { Command } from 'commander';
import { shells } from '../completion/shells.ts';
import type { Shell } from '../completion/shells.ts';
import { examples } from './options.ts';
import type { Stage } from './options.ts';

/** Completion in the shell, from these same definitions. */
export function defineCompletion(program: Command, { world, finish }: Stage): void {
  program
    .command('completion')
    .description('print a script that completes flexgen’s commands, options and their values in a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(shells))
    .addHelpText(
      ...examples(
        ['source <(flexgen completion bash)', 'in ~/.bashrc'],
        ['source <(flexgen completion zsh)', 'in ~/.zshrc, after compinit'],
        ['flexgen completion fish > ~/.config/fish/completions/flexgen.fish', 'once'],
      ),
    )
    .action(async (shell: Shell) => {
      finish(await (await import('../commands/completion.ts')).completion(shell, program, world));
    });
}
