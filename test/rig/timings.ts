import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { say } from './services/progress.ts';
import { logsDir } from './services/cache.ts';
import { on } from './expect.ts';
import type { BootedNode, Stage } from './scenario.ts';

/** Notes the seconds of each boot step, for the benchmark's table. */
export async function recordBoot(stage: Stage, node: BootedNode): Promise<void> {
  const { seconds } = JSON.parse(await on(node, 'cat /var/lib/flexgen/status.json')) as {
    seconds: Record<string, number>;
  };
  const { setting, release } = stage;
  await appendFile(
    join(logsDir, 'boots.jsonl'),
    `${JSON.stringify({ setting, release, auth: node.auth, seconds })}\n`,
  );
  say(
    `boot: ${Object.entries(seconds)
      .map(([step, took]) => `${step} ${took}`)
      .join(', ')}`,
  );
}
