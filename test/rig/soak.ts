import { joinAgain, takeOut } from './again.ts';
import { becomesReady, isDone, on, patience, runsAPod } from './expect.ts';
import { differences, stateOf } from './machine-state.ts';
import type { BootedNode, Stage } from './scenario.ts';

/** One join and reset in a row of them. */
export interface Cycle {
  /** Seconds from the reboot with new user-data to Ready, and of the reset. */
  readonly join: number;
  readonly reset: number;
  /** What the machine's disk and memory have in use after it, in KiB. */
  readonly disk: number;
  readonly memory: number;
  /** What is not as it was before the first join, and what is that was not. */
  readonly leftovers: readonly string[];
}

const usage = `sync
echo 3 2>/dev/null >/proc/sys/vm/drop_caches || :
du -sxk --exclude=/var/log --exclude=/var/lib/cloud --exclude=/var/cache / | cut -f1
cat /sys/fs/cgroup/memory/memory.usage_in_bytes 2>/dev/null || awk '/^MemTotal/{t=$2}/^MemAvailable/{print (t-$2)*1024}' /proc/meminfo`;

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return Math.round((performance.now() - start) / 1000);
};

/** Joins and resets the machine of this node so many times, each time with a pod that runs; tells of each as it ends. */
export async function* soak(
  stage: Stage,
  node: BootedNode,
  count: number,
  expected: (line: string) => boolean,
): AsyncGenerator<Cycle> {
  const { deadlineMs } = patience(stage, 60);
  const before = await stateOf(node.machine, deadlineMs);
  for (let cycle = 0; cycle < count; cycle += 1) {
    let joined = node;
    const join = await seconds(async () => {
      joined = await joinAgain(stage, node);
      await becomesReady(stage, joined);
    });
    await isDone(stage, joined);
    await runsAPod(stage, joined);
    const reset = await seconds(() => takeOut(stage, joined));
    const after = await stateOf(node.machine, deadlineMs);
    const leftovers = differences(before, after).filter((line) => !expected(line));
    const [disk = 0, memory = 0] = (await on(node, usage)).split('\n').map(Number);
    yield { join, reset, disk, memory: Math.round(memory / 1024), leftovers };
  }
}
