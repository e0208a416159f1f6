import type { Command } from 'commander';
import { bashCompletion } from '../completion/bash.ts';
import { fishCompletion } from '../completion/fish.ts';
import { completedCommands } from '../completion/model.ts';
import { zshCompletion } from '../completion/zsh.ts';
import type { Shell } from '../completion/shells.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { World } from '../world.ts';

const scripts = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
} as const satisfies Record<Shell, unknown>;

/** `flexgen completion SHELL`: what makes the shell complete flexgen's command line, all of it in one script. */
export async function completion(shell: Shell, program: Command, world: World): Promise<ExitCode> {
  await world.stdout.write(scripts[shell](completedCommands(program)));
  return exitCodes.ok;
}
