import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Setting } from '../machines/machine.ts';
import { onStage } from '../scenario.ts';
import { logsDir } from '../services/cache.ts';
import { say } from '../services/progress.ts';
import { startSite } from '../site.ts';
import type { Site } from '../site.ts';
import { titleOf } from './cell.ts';
import type { Cell } from './cell.ts';
import { cellSite } from './cell-site.ts';
import { cells } from './cells/index.ts';
import { playCell } from './play-cell.ts';
import { rowsOf } from './report.ts';
import type { Row } from './report.ts';

/** Where `run.ts` says which cells it was asked for. */
export const wordsVariable = 'FLEXGEN_MATRIX_WORDS';

export const matrixDir = join(logsDir, 'matrix');

/** A line for each cell that was played. */
export const rowsFile = join(matrixDir, 'rows.jsonl');

/** What was played before, and how it ended. */
export const reportFile = 'generated/fault-matrix.md';

/** The cells of a setting that have all of these words in their title; `--rest`: only those that the report does not call good. */
export function chosen(setting: Setting, words: readonly string[]): readonly Cell[] {
  const rows =
    words.includes('--rest') && existsSync(reportFile) ? rowsOf(readFileSync(reportFile, 'utf8')) : [];
  const good = new Set(rows.filter(({ outcome }) => outcome === 'joins').map(titleOf));
  return cells.filter((cell) => {
    const title = titleOf(cell);
    const isMeant = words.every((word) => word === '--rest' || title.includes(word));
    return cell.setting === setting && isMeant && !good.has(title);
  });
}

/** How many machines are on at once. In namespaces they wait most of the time; under QEMU they compute. */
const atOnce = { namespaces: 5 * cpus().length, qemu: 1 } as const satisfies Record<Setting, number>;

/** Plays a setting's cells on a site of their own, many at once. */
export function playAll(setting: Setting): void {
  const words = JSON.parse(process.env[wordsVariable] ?? '[]') as string[];
  let site: Site;

  before(async () => {
    mkdirSync(matrixDir, { recursive: true });
    site = await startSite(join(matrixDir, `site-${setting}`));
  });

  after(async () => {
    await site.stop();
  });

  describe(`faults, ${setting}`, { concurrency: atOnce[setting] }, () => {
    for (const cell of chosen(setting, words)) {
      const title = titleOf(cell);
      test(title, async () => {
        const note = (row: Pick<Row, 'outcome' | 'verdict' | 'seconds'>): void => {
          const { step, fault } = cell;
          appendFileSync(rowsFile, `${JSON.stringify({ step, fault, setting, ...row })}\n`);
        };
        const dir = join(matrixDir, title.replaceAll(/[^a-z0-9]+/gi, '-'));
        await using own = await cellSite(site, dir);
        try {
          await onStage({ setting, release: 'debian-13' }, own, dir, async (stage) => {
            note({ outcome: 'joins', ...(await playCell({ ...stage, site: own }, cell)) });
          });
        } catch (error) {
          note({ outcome: 'RED', verdict: null, seconds: null });
          // The runner's own report comes when all have ended.
          say(`${title}: ${String(error)}`);
          throw error;
        }
        // Only what failed leaves its logs.
        await rm(dir, { recursive: true, force: true });
      });
    }
  });
}
