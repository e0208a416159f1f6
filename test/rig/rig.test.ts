import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { logsDir } from './services/cache.ts';
import { say } from './services/progress.ts';
import { onStage } from './scenario.ts';
import { scenarios } from './scenarios/index.ts';
import { startSite } from './site.ts';
import type { Site } from './site.ts';

// `npm run test:rig -- 'power cut' debian-13` plays what has all of these words in its title.
const words = process.argv.slice(2);
const logs = logsDir;
let site: Site;

const runs = scenarios.flatMap((scenario) =>
  scenario.runs.map((run) => ({ scenario, run, title: `${scenario.name} [${run.setting}, ${run.release}]` })),
);
const rank = { namespaces: 0, qemu: 1 } as const;

const chosen = runs.filter(({ title }) => words.every((word) => title.includes(word)));
if (chosen.length === 0) throw new Error(`no scenario has all of these in its title: ${words.join(', ')}`);

before(async () => {
  await rm(logs, { recursive: true, force: true });
  site = await startSite(join(logs, 'site'));
});

after(async () => {
  await site.stop();
});

for (const { scenario, run, title } of chosen.toSorted((a, b) => rank[a.run.setting] - rank[b.run.setting])) {
  test(title, async () => {
    say(title);
    const dir = join(logs, title.replaceAll(/[^a-z0-9]+/gi, '-'));
    await onStage(run, site, dir, (stage) => scenario.play(stage));
    // Only what failed leaves its logs.
    await rm(dir, { recursive: true, force: true });
  });
}
