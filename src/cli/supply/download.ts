import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { PartialFile, fileDigest } from '../../io/partial-file.ts';
import { Unavailable, openUrl, patiently, refusedWith } from './fetch.ts';
import type { Ways } from './fetch.ts';
import { BadImage } from './registry.ts';

/** What comes, from this byte of it on. */
export interface Arriving {
  readonly from: number;
  readonly body: AsyncIterable<Buffer>;
  /** A person is meant to read it. */
  readonly isPage: boolean;
}

/** One file of a mirror, and how it is had. */
export interface Item {
  /** As a person calls it. */
  readonly name: string;
  /** Below the mirror. */
  readonly path: string;
  readonly sha256: string;
  /** From where it comes, for an error. */
  readonly origin: string;
  /** Begins at this byte where that is possible, else at the first. Throws Unavailable. */
  readonly read: (from: number) => Promise<Arriving>;
  /** What to do where something else comes, or nothing. */
  readonly remedy: { readonly changed: string; readonly lost: string };
}

/** A file that is on the mirror now. */
export interface Delivered {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  /** It was there before. */
  readonly kept: boolean;
}

/** Somebody else has failed for good. */
export class Stopped extends Error {}

/** How much came, and whether it is still wanted. */
export interface Watcher {
  readonly count: (bytes: number) => void;
  readonly isStopped: () => boolean;
}

/** The file of a URL; who has no ranges sends all of it. */
export async function readFrom(url: string, from: number, ways: Ways): Promise<Arriving> {
  const opened = await openUrl(url, ways, from === 0 ? {} : { range: `bytes=${from}-` });
  const { status, headers, body } = opened;
  // It is shorter than what is here.
  if (status === 416) {
    opened.done();
    return await readFrom(url, 0, ways);
  }
  const isPart = status === 206 && headers['content-range']?.startsWith(`bytes ${from}-`) === true;
  if (status !== 200 && !isPart) throw refusedWith(opened);
  return { from: isPart ? from : 0, body, isPage: headers['content-type']?.startsWith('text/html') === true };
}

const page =
  'a web page came in its place, as from the sign-in of a network or a proxy: look at it in a browser';

function mismatch({ name, sha256, origin, remedy }: Item, got: string, isPage: boolean): Diagnostic {
  return {
    severity: 'error',
    code: 'upstream/digest',
    message: `${name}: expected sha256 ${sha256}, got ${got} from ${origin}`,
    hint: isPage ? page : remedy.changed,
  };
}

/** Fills the file. Undefined = it is whole; else what came instead, and whether a part of it was there before. */
async function fill(
  item: Item,
  file: PartialFile,
  { count, isStopped }: Watcher,
): Promise<{ readonly problem: Diagnostic; readonly resumed: boolean } | undefined> {
  const { from, body, isPage } = await item.read(file.size);
  if (from !== file.size) await file.restart();
  for await (const chunk of body) {
    if (isStopped()) throw new Stopped();
    await file.append(chunk);
    count(chunk.length);
  }
  const got = file.sha256;
  return got === item.sha256 ? undefined : { problem: mismatch(item, got, isPage), resumed: from > 0 };
}

async function fetchInto(item: Item, file: PartialFile, watcher: Watcher): Promise<Diagnostic | undefined> {
  try {
    // An earlier run may have ended between the last byte and the rename.
    if (file.sha256 === item.sha256) return undefined;
    let outcome = await patiently(() => fill(item, file, watcher));
    if (outcome?.resumed === true) {
      // What an earlier run has left may be of something else.
      await file.restart();
      outcome = await patiently(() => fill(item, file, watcher));
    }
    if (outcome !== undefined) await file.restart();
    return outcome?.problem;
  } catch (error) {
    if (error instanceof BadImage) {
      return { severity: 'error', code: 'upstream/digest', message: error.message, hint: error.hint };
    }
    if (!(error instanceof Unavailable)) throw error;
    const isLost = error.status === 404;
    return {
      severity: 'error',
      code: isLost ? 'upstream/no-file' : 'upstream/unreachable',
      message: `${item.name}: ${error.message}`,
      hint: isLost
        ? item.remedy.lost
        : 'run this again: what has arrived is kept; a proxy is taken from HTTPS_PROXY',
    };
  }
}

/** Brings one file to its place below `folder`, verified; what is there and right is left alone. Throws UnwritableFile. */
export async function download(item: Item, place: string, watcher: Watcher): Promise<Delivered | Diagnostic> {
  const { path, sha256 } = item;
  const there = await fileDigest(place);
  if (there?.sha256 === sha256) return { path, sha256, bytes: there.size, kept: true };
  if (watcher.isStopped()) throw new Stopped();
  const file = await PartialFile.open(place);
  let problem: Diagnostic | undefined;
  try {
    problem = await fetchInto(item, file, watcher);
  } catch (error) {
    await file.close();
    throw error;
  }
  if (problem !== undefined) {
    await file.close();
    return problem;
  }
  const bytes = file.size;
  await file.finish();
  return { path, sha256, bytes, kept: false };
}
