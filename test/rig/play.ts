import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Setting } from './machines/machine.ts';
import { onStage } from './scenario.ts';
import type { Run, Scenario } from './scenario.ts';
import { lists, scenarios } from './scenarios/index.ts';
import { logsDir } from './services/cache.ts';
import { say } from './services/progress.ts';
import { startSite } from './site.ts';
import type { Site } from './site.ts';

interface Play {
  readonly scenario: Scenario;
  readonly run: Run;
  readonly title: string;
}

/** Where `run.ts` says which scenarios it was asked for. */
export const wordsVariable = 'FLEXGEN_RIG_WORDS';

/** The runs of a setting that have all of these words in their title; `--core`, `--boots`: only those of that list. */
export function chosen(setting: Setting, words: readonly string[]): readonly Play[] {
  const titled = words.filter((word) => !lists.has(word));
  const meant = words.flatMap((word) => lists.get(word) ?? []);
  const all = scenarios.filter((scenario) => meant.every((list) => list.has(scenario)));
  return all.flatMap((scenario) =>
    scenario.runs
      .filter((run) => run.setting === setting)
      .map((run) => ({ scenario, run, title: `${scenario.name} [${run.setting}, ${run.release}]` }))
      .filter(({ title }) => titled.every((word) => title.includes(word))),
  );
}

/** Plays a setting's scenarios, one after the other, on a site of their own. */
export function playAll(setting: Setting): void {
  const words = JSON.parse(process.env[wordsVariable] ?? '[]') as string[];
  const plays = chosen(setting, words);
  let site: Site;

  before(async () => {
    site = await startSite(join(logsDir, `site-${setting}`));
  });

  after(async () => {
    await site.stop();
  });

  for (const { scenario, run, title } of plays) {
    test(title, async () => {
      say(title);
      const dir = join(logsDir, title.replaceAll(/[^a-z0-9]+/gi, '-'));
      await onStage(run, site, dir, (stage) => scenario.play(stage));
      // Only what failed leaves its logs.
      await rm(dir, { recursive: true, force: true });
    });
  }
}
