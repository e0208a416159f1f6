import { readFile } from 'node:fs/promises';
import type { Site } from './site.ts';

/** What machines fetch from the mirror and the registry from now on, as `METHOD path` lines. */
export async function watchDownloads({ mirror, registry }: Site): Promise<() => Promise<readonly string[]>> {
  const asked = async (): Promise<readonly string[]> =>
    [...(await readFile(registry.logFile, 'utf8')).matchAll(/"GET (\/v2\/[^ ]+) /g)].map(
      ([, path = '']) => path,
    );
  const before = { mirror: mirror.requests.length, registry: (await asked()).length };
  return async () => [
    ...mirror.requests.slice(before.mirror).map(({ path }) => path),
    ...(await asked()).slice(before.registry),
  ];
}
