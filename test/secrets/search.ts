import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { constants, inflateRawSync } from 'node:zlib';
import { formsOf } from './forms.ts';
import { matcher } from './matcher.ts';

/** What is looked for, by name: a secret in any form, or what of it stands in one line, whatever breaks the rest. */
export type Secrets = Readonly<Record<string, string | readonly string[]>>;

type Found = (bytes: Buffer) => readonly string[];

const gzipMagic = Buffer.from([0x1f, 0x8b, 8]);

/** More than any file of a machine unfolds to. */
const most = 1 << 30;

/** Where the packed bytes of a gzip begin: behind its header (RFC 1952). */
function headerLength(gzip: Buffer): number {
  const flags = gzip[3] ?? 0;
  let end = 10;
  if ((flags & 4) !== 0) end += 2 + gzip.readUInt16LE(end);
  for (const flag of [8, 16]) if ((flags & flag) !== 0) end = gzip.indexOf(0, end) + 1;
  return end + (flags & 2);
}

/** What is inside every gzip that stands anywhere in these bytes, whole or cut off, whatever follows it. */
function unpacked(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: most };
  for (let at = bytes.indexOf(gzipMagic); at !== -1; at = bytes.indexOf(gzipMagic, at + 1)) {
    const gzip = bytes.subarray(at);
    try {
      found.push(inflateRawSync(gzip.subarray(headerLength(gzip)), options));
    } catch {
      // Its first three bytes stand in other files, too.
      continue;
    }
  }
  return found;
}

/** gzip's first bytes in base64. */
const packedText = Buffer.from('H4sI');

const base64Letters = new Set(
  Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/='),
);

/** What packed files of a text are, where it has them in base64, as payloads do. */
function packedInText(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = bytes.indexOf(packedText); at !== -1; at = bytes.indexOf(packedText, at + 1)) {
    let end = at;
    while (base64Letters.has(bytes[end] ?? 0)) end += 1;
    found.push(...unpacked(Buffer.from(bytes.subarray(at, end).toString('latin1'), 'base64')));
  }
  return found;
}

/** These bytes and whatever is packed in them, also in what is packed. */
const opened = (bytes: Buffer): readonly Buffer[] => [
  bytes,
  ...[...unpacked(bytes), ...packedInText(bytes)].flatMap(opened),
];

/** Looks for secrets in bytes: in every form, gzip opened. The names of those that are there. */
export function searcher(secrets: Secrets): Found {
  const texts = Object.entries(secrets).flatMap(([name, secret]) =>
    [secret].flat().flatMap((text) => {
      // An empty one would be found everywhere, and a short one by accident.
      if (text.length < 6) throw new Error(`${name} is too short to be looked for`);
      return formsOf(text).map((form) => [name, form] as const);
    }),
  );
  const match = matcher(texts);
  return (bytes) => [...new Set(opened(bytes).flatMap((text) => [...match(text)]))];
}

/** The files of a folder, links not followed, that hold any of the secrets: their paths in it, by the secret's name. */
export async function searchFolder(
  folder: string,
  secrets: Secrets,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const look = searcher(secrets);
  const found = new Map<string, string[]>(Object.keys(secrets).map((name) => [name, []]));
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    for (const name of look(await readFile(file))) found.get(name)?.push(relative(folder, file));
  }
  for (const paths of found.values()) paths.sort();
  return found;
}

/** Every file of a folder, links not followed, that holds the secret in any form; paths relative to it. */
export async function findSecret(folder: string, secret: string): Promise<readonly string[]> {
  return (await searchFolder(folder, { secret })).get('secret') ?? [];
}
