import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { EncodeError } from '../../src/encode/index.ts';
import { nasty, trace } from './nasty.ts';
import type { Reader } from './readers/reader.ts';
import { randomStrings } from './strings.ts';

/** What a reader was given, and what became of it. */
export interface Totals {
  /** Written, read, and the same. */
  readonly random: number;
  readonly nasty: number;
  /** What the encoder would not write, of all that it was asked to. */
  readonly refused: number;
}

interface Written {
  readonly value: string;
  readonly token: string;
}

function written(reader: Reader, value: string): Written | undefined {
  try {
    return { value, token: reader.encode(value) };
  } catch (error) {
    if (error instanceof EncodeError) return undefined;
    throw error;
  }
}

/** Why a batch was not read as it was written; undefined where it was. */
function problemOf(reader: Reader, batch: readonly Written[], folder: string): string | undefined {
  let got: readonly unknown[] | undefined;
  try {
    got = reader.read(
      batch.map(({ token }) => token),
      folder,
    );
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  assert.ok(got, `${reader.name} is here`);
  if (readdirSync(folder).includes(trace)) return 'it was executed';
  if (got.length !== batch.length) return `${got.length} answers to ${batch.length} values`;
  const { expected = (value: string): unknown => value } = reader;
  const index = batch.findIndex(({ value }, at) => !isDeepStrictEqual(got[at], expected(value)));
  return index === -1 ? undefined : `read as ${JSON.stringify(got[index])}`;
}

/** The first value that is at fault, by halves: whoever stops at one says nothing of the others. */
function culprit(reader: Reader, batch: readonly Written[], folder: string): string | undefined {
  const problem = problemOf(reader, batch, folder);
  rmSync(join(folder, trace), { force: true });
  const [first, ...others] = batch;
  if (problem === undefined || first === undefined) return undefined;
  if (others.length === 0) return `${JSON.stringify(first.value)}, written ${first.token}: ${problem}`;
  const half = Math.ceil(batch.length / 2);
  return (
    culprit(reader, batch.slice(0, half), folder) ??
    culprit(reader, batch.slice(half), folder) ??
    `${batch.length} values together: ${problem}`
  );
}

/** Whether the program is on this machine. */
export function isHere(reader: Reader): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'flexgen-fuzz-'));
  try {
    return reader.read([reader.encode('a')], folder) !== undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Has so many random strings that the encoder takes, and each `step`th nasty one, written and read. Throws at the first that does
 * not come back as it was, or that is run.
 */
export function checkReader(reader: Reader, count: number, seed: number, step = 1): Totals {
  const folder = mkdtempSync(join(tmpdir(), 'flexgen-fuzz-'));
  let batch: Written[] = [];
  let refused = 0;
  const flush = (): void => {
    const found = culprit(reader, batch, folder);
    assert.equal(found, undefined, `${reader.name}, seed ${seed}: ${found}`);
    batch = [];
  };
  const add = (value: string): boolean => {
    const one = written(reader, value);
    if (one === undefined) refused += 1;
    else if (batch.push(one) === reader.batch) flush();
    return one !== undefined;
  };
  try {
    const taken = nasty.filter((value, index) => index % step === 0 && add(value)).length;
    let random = 0;
    for (const value of randomStrings(seed)) {
      if (random === count) break;
      if (add(value)) random += 1;
    }
    flush();
    return { random, nasty: taken, refused };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
