import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../cli/run.ts';
import { allowed } from './allowed.ts';
import { deskFor } from './desk.ts';
import type { Desk } from './desk.ts';
import { looking, making, removing } from './runs.ts';
import type { Run } from './runs.ts';
import { withStrace } from './strace.ts';
import { secretsTable, tablePath } from './table.ts';
import { tallyOf } from './tally.ts';
import type { Done } from './tally.ts';

/** Runs them side by side. */
async function doAll(desk: Desk, runs: readonly Run[], atOnce: number): Promise<Done[]> {
  const done: Done[] = [];
  const queue = [...runs];
  const work = async (): Promise<void> => {
    for (let run = queue.shift(); run !== undefined; run = queue.shift()) {
      const observed = await desk.run(run.args.split(' '), run.env);
      done.push({ run, observed });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return done;
}

test('no command line of flexgen’s lets a secret out of where it belongs', async (t) => {
  if (!withStrace(t)) return;
  const desk = await deskFor(t);
  const done = await doAll(desk, making, 1);
  desk.write('cut.payload', desk.read('principal.gz').subarray(0, -200));
  desk.secrets();
  done.push(...(await doAll(desk, looking(desk.canaries), 3)), ...(await doAll(desk, removing, 1)));
  desk.azure.takeViolations();
  const wrong = done
    .filter(({ run, observed }) => run.exitCode !== observed.exitCode)
    .map(({ run, observed }) => `${run.args}: ${observed.exitCode}\n${observed.stderr.toString()}`);
  const tally = tallyOf(done, desk.secrets());
  const leaks = Array.from(tally, ([secret, places]) =>
    Array.from(places, ([place, runs]) =>
      allowed[secret]?.[place] === undefined ? [`${secret}: ${place} of ${runs.join(', ')}`] : [],
    ),
  );
  assert.deepEqual([...wrong, ...leaks.flat(2)], []);
  const table = secretsTable(tally, done.length);
  if (process.env['SECRETS_TABLE'] === 'write') writeFileSync(join(root, tablePath), table);
  // It is made by the first `npm run test:secrets`.
  if (existsSync(join(root, tablePath))) assert.equal(readFileSync(join(root, tablePath), 'utf8'), table);
});
