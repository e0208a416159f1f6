import { InvalidArgumentError, Option } from 'commander';
import { clouds } from '../../config/clouds.ts';
import { envelopeNames } from '../../render/cloud-init/envelopes/names.ts';
import { targetNames } from '../../render/cloud-init/targets/names.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { ImageOption } from '../payload.ts';
import { parseTimeout } from '../wait/time-out.ts';
import type { World } from '../world.ts';

/** What a command is given beside its options. */
export interface Stage {
  readonly world: World;
  /** How the program ends. */
  readonly finish: (code: ExitCode) => void;
}

/** Options that more than one command has, as commander takes them. */
export const config = ['-c, --config <file>', 'the config', 'flexgen.yaml'] as const;
export const out = ['-o, --out <file>', 'write it to this file (0600, whole or not at all)'] as const;
export const offline = ['--offline', 'call nothing: the cluster must be inline or a facts file'] as const;
export const kubeconfig = [
  '--kubeconfig <file>',
  'reach the cluster with this kubeconfig (default: by your sign-in to Azure, else as kubectl finds it)',
] as const;
export const nodesFile = [
  '-n, --nodes <file>',
  'a fleet’s nodes in CSV or JSON, - for standard input',
] as const;
export const force = ['--force', 'replace the file that is there'] as const;
export const context = ['--context <name>', 'the context of the kubeconfig'] as const;
export const check = ['--check', 'exit with 5 if `apply` would change anything'] as const;
export const replace = [
  '--replace',
  'delete an Arc machine of that name whose key is not here, and make it anew',
] as const;

/** What stands below a command's help: lines that can be typed, each with what it is for. */
export const examples = (...rows: readonly (readonly [line: string, why: string])[]) => {
  const width = Math.max(...rows.map(([line]) => line.length));
  const lines = rows.map(([line, why]) => `  ${line.padEnd(width)}  # ${why}`);
  return ['after', `\nExamples:\n${lines.join('\n')}`] as const;
};

export const json = (what: string) => ['--json', `print ${what} as JSON on standard output`] as const;

/** Made anew for each command: commander keeps its own notes in it. */
export const cloud = () => new Option('--cloud <name>', 'the Azure cloud').choices(Object.keys(clouds));

function readTimeout(text: string): number {
  const milliseconds = parseTimeout(text);
  if (milliseconds !== undefined) return milliseconds;
  throw new InvalidArgumentError('Write it like `90s`, `15m` or `1h`; `0` looks once.');
}

/** In milliseconds. */
export const timeout = (what: string) =>
  new Option('-t, --timeout <duration>', what).argParser(readTimeout).default(15 * 60_000, '15m');

export const image = (what: 'the machine is' | 'the machines are') =>
  new Option('--image <kind>', `what ${what} made from; golden: an image of \`flexgen packer\``)
    .choices(['stock', 'golden'] satisfies ImageOption[])
    .default('stock' satisfies ImageOption);

/** What the payload is for, and what it is wrapped in; by default as the config says. */
export const target = () =>
  new Option('--target <name>', 'what makes the machine: says how large the payload may be').choices(
    targetNames,
  );
export const envelope = () =>
  new Option('--envelope <name>', 'how the payload is wrapped').choices(['auto', ...envelopeNames]);
export const url = ['--url <url>', 'where you will serve the payload, with `--envelope include`'] as const;
