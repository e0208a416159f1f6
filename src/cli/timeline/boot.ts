import { jsonIn } from '../../config/data.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok, refused } from '../../diagnostics/diagnostic.ts';

/** One step of a boot; seconds from its beginning. */
export interface BootStep {
  readonly name: string;
  readonly start: number;
  readonly seconds: number;
}

/** How a boot went, or goes: what `flexgen-node status --json` prints. */
export interface Boot {
  readonly state: 'running' | 'failed' | 'ready';
  /** The one it is at, or was at in the end. */
  readonly step: string;
  /** The verdict's number; 0 for none. */
  readonly code: number;
  readonly reason: string;
  readonly remedy: string;
  readonly steps: readonly BootStep[];
  readonly seconds: number;
}

const states = ['running', 'failed', 'ready'] as const;

const problem = (message: string) =>
  refused({ code: 'status/form', message, hint: '`flexgen-node status --json` on the machine prints it' });

/** Steps one after the other; what the whole took beyond them is the last one's. */
function stepsOf(seconds: ReadonlyMap<string, number>, last: string): readonly BootStep[] {
  const steps: BootStep[] = [];
  let start = 0;
  for (const [name, taken] of seconds) {
    if (name === 'total') continue;
    steps.push({ name, start, seconds: taken });
    start += taken;
  }
  const rest = (seconds.get('total') ?? start) - start;
  if (rest > 0 && last !== '' && !seconds.has(last)) steps.push({ name: last, start, seconds: rest });
  return steps;
}

/** Reads what `flexgen-node status --json` has printed. */
export function readBoot(text: string, file: string): Result<Boot> {
  const json = jsonIn(text);
  if (text.trim() === '') return problem(`${file} is empty`);
  if (typeof json !== 'object' || json === null)
    return problem(`${file} is not a node’s status: it is not JSON`);
  const fields = new Map<string, unknown>(Object.entries(json));
  const state = states.find((known) => known === fields.get('state'));
  const times: unknown = fields.get('seconds');
  if (state === undefined || typeof times !== 'object' || times === null)
    return problem(`${file} is not a node’s status: it has no \`state\` and \`seconds\``);
  const seconds = new Map<string, number>();
  for (const [name, taken] of Object.entries(times)) {
    if (typeof taken !== 'number')
      return problem(`${file} is not a node’s status: \`seconds.${name}\` is no number`);
    seconds.set(name, taken);
  }
  const textOf = (key: string): string => {
    const value = fields.get(key);
    return typeof value === 'string' ? value : '';
  };
  const code = fields.get('code');
  const steps = stepsOf(seconds, textOf('step'));
  const total = seconds.get('total') ?? steps.reduce((sum, step) => sum + step.seconds, 0);
  return ok({
    state,
    step: textOf('step'),
    code: typeof code === 'number' ? code : 0,
    reason: textOf('reason'),
    remedy: textOf('remedy'),
    steps,
    seconds: total,
  });
}
