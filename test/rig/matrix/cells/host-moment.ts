import type { NodeWish } from '../../node-config.ts';
import { assertOk, patience } from '../../expect.ts';
import type { BootedNode, Stage } from '../../scenario.ts';
import type { Step } from '../cell.ts';

/** User-data of a machine whose own boot does this before anything of flexgen is there. */
export function before(...scripts: readonly string[]): Partial<NodeWish> {
  const bootcmd = scripts.map((script) => ['bash', '-c', script]);
  return { userData: `#cloud-config\n${JSON.stringify({ bootcmd })}\n` };
}

/** Waits in the machine for the step without a process of its own at each look, since a step may end at once. */
const waitFor = (
  step: Step,
): string => `until pid=$(systemctl show -P MainPID flexgen) && ((pid)); do sleep .02; done
exec {never}<> <(:)
until read -r line 2>/dev/null </var/lib/flexgen/status.json && [[ $line == *'"running","step":"${step}"'* ]]; do
  read -rt .005 -u $never
done
`;

/** Runs a script on the machine, where $pid is the join's, as soon as its report says that it is at this step. */
export async function during(stage: Stage, node: BootedNode, step: Step, script: string): Promise<void> {
  assertOk(await node.machine.exec(`${waitFor(step)}${script}`, patience(stage, 300)));
}

/** Runs a script on the machine now. */
export async function now(node: BootedNode, script: string): Promise<void> {
  assertOk(await node.machine.exec(script));
}

/** Starts what goes on until it is stopped, as a unit of the machine's. */
export const keepDoing = (script: string): string =>
  `systemd-run -q --collect --unit=rig-fault bash -c '${script}'`;

/** Ends that. */
export const noMore = 'systemctl stop rig-fault';
