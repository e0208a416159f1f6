import assert from 'node:assert/strict';
import { assertOk, on, patience, runsAPod } from '../expect.ts';
import { poll } from '../machines/console.ts';
import type { BootedNode, Stage } from '../scenario.ts';
import type { Cell, CellStage } from './cell.ts';

/** How a cell ended well. */
export interface Outcome {
  /** The console's line while the fault was there; null where the boot rode it out. */
  readonly verdict: string | null;
  /** From the end of the fault until the node is Ready, or after that until flexgen has ended. */
  readonly seconds: number;
}

interface Status {
  readonly state: string;
  readonly step: string;
  readonly code: number;
  readonly reason: string;
  readonly remedy: string;
}

const failure = /flexgen: (FAILED .*)/;
const verdictLine = /flexgen: (FAILED .*|node .* is Ready in .*)/;

/** Long enough for a step's whole budget, the pause after a failure, and the steps before it once more. */
const attemptSeconds = 300;

/** The FAILED line after the strike, with which the machine's own report agrees. */
async function saysWhy(stage: Stage, node: BootedNode, { step, verdict }: Cell): Promise<string | null> {
  if (verdict === null) return null;
  const deadline = patience(stage, attemptSeconds);
  const { machine } = node;
  // Who is Ready though it should not be has no more to say, unless it is at work after that.
  const [, line = ''] = await machine.waitForConsole(step === 'scrub' ? failure : verdictLine, deadline);
  assert.match(line, verdict);
  // Between two attempts, which is where it stands; while one runs, its report is of that one.
  const report = await poll(
    async () => {
      const status = JSON.parse(await on(node, 'flexgen-node status --json')) as Status;
      return status.state === 'failed' ? status : undefined;
    },
    deadline,
    () => 'the report never says that it failed',
  );
  const { code, reason, remedy } = report;
  assert.ok(machine.console().includes(`flexgen: FAILED at ${report.step} (${code}): ${reason} — ${remedy}`));
  return line;
}

/** Waits until flexgen has done its work on the machine, however many attempts it takes. */
async function untilDone(stage: Stage, node: BootedNode): Promise<void> {
  const script =
    'until test -e /var/lib/flexgen/done && ! systemctl -q is-active flexgen; do sleep 0.5; done';
  assertOk(await node.machine.exec(script, patience(stage, attemptSeconds)));
}

/** Plays a cell to its end: the machine says what is wrong, and joins once it no longer is. */
export async function playCell(stage: CellStage, cell: Cell): Promise<Outcome> {
  await cell.prepare?.(stage);
  const wish = typeof cell.wish === 'function' ? cell.wish(stage) : cell.wish;
  const node = await stage.boot(wish, cell.image);
  await cell.strike?.(stage, node);
  const verdict = await saysWhy(stage, node, cell);
  await cell.lift(stage, node);
  const lifted = performance.now();
  await node.machine.waitForConsole(/is Ready in rig/, patience(stage, attemptSeconds));
  if (cell.step === 'scrub') await untilDone(stage, node);
  const seconds = Math.round((performance.now() - lifted) / 1000);
  if (cell.verdict === null) assert.doesNotMatch(node.machine.console(), failure);
  await untilDone(stage, node);
  await runsAPod(stage, node);
  return { verdict, seconds };
}
