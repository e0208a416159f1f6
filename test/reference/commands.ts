import { Readable } from 'node:stream';
import type { Command } from 'commander';
import { defineProgram } from '../../src/cli/program.ts';

/** One command as its definition has it. */
export interface Described {
  /** `identity plan`. */
  readonly path: string;
  readonly description: string;
  readonly usage: string;
  /** Arguments and options: how each is written, and what it is; for options with values and default. */
  readonly terms: readonly (readonly [term: string, description: string])[];
  readonly flags: ReadonlySet<string>;
  /** Lines that can be typed, each with what it is for. */
  readonly examples: readonly (readonly [line: string, why: string])[];
}

const nowhere = { isTerminal: false, write: async () => await Promise.resolve() };
const world = { env: {}, cwd: '/', stdout: nowhere, stderr: nowhere, stdin: () => Readable.from([]) };

/** What commander prints below the options, of which it only keeps that it is to be printed. */
function below(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part) });
  command.outputHelp();
  return text.slice(command.helpInformation().length);
}

const examplesIn = (text: string): Described['examples'] =>
  [...text.matchAll(/^ {2}(\S.*?) *# (.*)$/gm)].map(([, line = '', why = '']) => [line, why]);

function describe(command: Command, path: string): Described {
  const help = command.createHelp();
  const options = help.visibleOptions(command).filter(({ long }) => long !== '--help');
  return {
    path,
    description: help.commandDescription(command),
    usage: help.commandUsage(command),
    terms: [
      ...help
        .visibleArguments(command)
        .map((one) => [help.argumentTerm(one), help.argumentDescription(one)] as const),
      ...options.map((one) => [help.optionTerm(one), help.optionDescription(one)] as const),
    ],
    flags: new Set(options.flatMap(({ short, long }) => [short, long].filter((flag) => flag != null))),
    examples: examplesIn(below(command)),
  };
}

/** Every command that does something, in the order of the help. */
export function describedCommands(): readonly Described[] {
  const walk = (command: Command, path: string): readonly Described[] =>
    command
      .createHelp()
      .visibleCommands(command)
      .filter((one) => one.name() !== 'help')
      .flatMap((one) => {
        const here = `${path} ${one.name()}`.trim();
        return one.commands.length > 0 ? walk(one, here) : [describe(one, here)];
      });
  return walk(defineProgram({ world, finish: () => undefined }, []), '');
}
