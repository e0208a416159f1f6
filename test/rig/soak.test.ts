import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onStage } from './scenario.ts';
import { isExpected } from './scenarios/reset.ts';
import { logsDir } from './services/cache.ts';
import { startSite } from './site.ts';
import { soak } from './soak.ts';
import type { Cycle } from './soak.ts';

const count = Number(process.env['FLEXGEN_SOAK'] ?? 20);
const run = { setting: 'namespaces', release: 'debian-13' } as const;

const row = ({ join: joined, reset, disk, memory, leftovers }: Cycle, index: number): string =>
  `| ${index + 1} | ${joined} | ${reset} | ${disk} | ${memory} | ${leftovers.length} |`;

const report = (cycles: readonly Cycle[]): string => `# Joins and resets in a row on one machine

${cycles.length} in namespaces on Debian 13, each with a pod: seconds from the reboot with new user-data to Ready and of the reset, what the
machine's disk and memory have in use after it in KiB, and how much is not as it was before the first join.

| cycle | join | reset | disk | memory | leftovers |
| ---: | ---: | ---: | ---: | ---: | ---: |
${cycles.map(row).join('\n')}
`;

test(`${count} joins and resets in a row leave the machine as it was`, async () => {
  const site = await startSite(join(logsDir, 'site-soak'));
  try {
    await onStage(run, site, join(logsDir, 'soak'), async (stage) => {
      const node = await stage.boot({}, { without: '#cloud-config\n{}\n' });
      await node.machine.exec('cloud-init status --wait >/dev/null', { deadlineMs: 120_000 });
      const cycles: Cycle[] = [];
      for await (const cycle of soak(stage, node, count, isExpected)) {
        cycles.push(cycle);
        // At once: an hour of it must not be lost to what comes after.
        if (process.env['FLEXGEN_SOAK_WRITE'] !== undefined)
          writeFileSync('generated/soak.md', report(cycles));
        console.log(row(cycle, cycles.length - 1));
      }
      assert.deepEqual(
        cycles.flatMap(({ leftovers }) => leftovers),
        [],
      );
    });
  } finally {
    await site.stop();
  }
});
