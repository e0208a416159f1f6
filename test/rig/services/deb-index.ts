import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { run } from './run.ts';

/** A file of an apt repository, with its path there. */
interface IndexedFile {
  readonly path: string;
  readonly content: Buffer;
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The index `Packages` of a repository with these .deb files. */
export async function packagesIndex(debs: readonly { file: string; path: string }[]): Promise<Buffer> {
  const stanzas: string[] = [];
  for (const { file, path } of debs) {
    const content = await readFile(file);
    const control = (await run('dpkg-deb', ['-f', file])).trimEnd();
    stanzas.push(`${control}\nFilename: ${path}\nSize: ${content.length}\nSHA256: ${sha256(content)}\n`);
  }
  return Buffer.from(stanzas.join('\n'));
}

/** The `Release` that vouches for indexes; `fields` come before the date. */
export function releaseFile(
  fields: Readonly<Record<string, string>>,
  indexes: readonly IndexedFile[],
): string {
  return [
    ...Object.entries(fields).map(([name, value]) => `${name}: ${value}`),
    `Date: ${new Date().toUTCString()}`,
    'SHA256:',
    ...indexes.map(({ path, content }) => ` ${sha256(content)} ${content.length} ${path}`),
    '',
  ].join('\n');
}
