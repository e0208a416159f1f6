import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** A package of which some code is in the bundle. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** An SPDX identifier or expression, as the package says it. */
  readonly license: string;
  /** SHA-512 of its archive, in hex, as package-lock.json holds whoever installs it to. */
  readonly sha512: string;
  readonly homepage: string | undefined;
  /** What its licence and notice files say. */
  readonly notices: readonly string[];
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly homepage?: string;
}

interface PackageLock {
  readonly packages: Readonly<Record<string, { readonly integrity?: string }>>;
}

/** Of `node_modules/a/node_modules/@b/c/lib/d.js`: `node_modules/a/node_modules/@b/c`. */
const packageFolder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;

/** The folders of the packages whose code has come into an output, by what esbuild says of them. */
function foldersOf({ outputs }: Metafile): readonly string[] {
  const used = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  return [...new Set(used.flatMap((path) => packageFolder.exec(path)?.[0] ?? []))].toSorted();
}

async function noticesIn(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => /^(licen[cs]e|notice|copying)/i.test(name));
  return Promise.all(
    names
      .toSorted()
      .map(async (name) => (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n').trim()),
  );
}

/** The packages in a bundle, in the order of their names. */
export async function bundledPackages(root: string, metafile: Metafile): Promise<readonly BundledPackage[]> {
  const { packages }: PackageLock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));
  const found = await Promise.all(
    foldersOf(metafile).map(async (folder): Promise<BundledPackage> => {
      const manifest: Manifest = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
      const { name, version, license, homepage } = manifest;
      const [, digest] = /^sha512-(\S+)$/.exec(packages[folder]?.integrity ?? '') ?? [];
      if (digest === undefined) throw new Error(`package-lock.json has no sha512 of ${folder}`);
      const sha512 = Buffer.from(digest, 'base64').toString('hex');
      return { name, version, license, sha512, homepage, notices: await noticesIn(join(root, folder)) };
    }),
  );
  // A package may be there twice, in one version below two others.
  const once = new Map(found.map((one) => [`${one.name}@${one.version}`, one]));
  return [...once.values()];
}
