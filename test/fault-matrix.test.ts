import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { steps, titleOf } from './rig/matrix/cell.ts';
import { cells } from './rig/matrix/cells/index.ts';
import { classes, classesOf } from './rig/matrix/classes.ts';
import { report, rowsOf } from './rig/matrix/report.ts';

const written = readFileSync(new URL('../generated/fault-matrix.md', import.meta.url), 'utf8');

test('the report of the fault matrix has the cells of the code, and each of them joins', () => {
  const rows = rowsOf(written);
  assert.equal(written, report(cells, [], rows));
  assert.deepEqual(
    rows.filter(({ outcome }) => outcome !== 'joins').map(({ step, fault }) => `${step}: ${fault}`),
    [],
  );
});

test('no two cells have the same name, and each is of one kind', () => {
  const titles = cells.map(titleOf);
  assert.deepEqual([...new Set(titles)], titles);
  for (const { fault } of cells) assert.equal(classesOf(fault).length, 1, `of how many kinds is “${fault}”?`);
});

test('where a kind of fault has no cell, it says why, and nowhere else', () => {
  for (const { name, without } of classes)
    for (const step of steps) {
      const has = cells.some((cell) => cell.step === step && classesOf(cell.fault)[0]?.name === name);
      assert.notEqual(has, without[step] !== undefined, `${name} at ${step}`);
    }
});
