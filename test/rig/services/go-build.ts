import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheKey, cachedFolder } from './cache.ts';
import { timed } from './progress.ts';
import { run } from './run.ts';

/** A Go module of `test/rig/go`, or one made like them, and how its programs are built. */
export interface GoModule {
  readonly name: string;
  readonly dir: string;
  /** What `go build` is asked for: `tool` is every tool line of go.mod, so upstream's own main packages. */
  readonly packages: 'tool' | './...';
  readonly linkerFlags: readonly string[];
  /** Set where the program needs C; the result is linked statically all the same. */
  readonly cgoTags?: readonly string[];
}

/**
 * Builds every program of `module` for linux/amd64 and returns the folder that holds them. A second call with the
 * same sources finds them in the cache.
 */
export async function goBuild(module: GoModule): Promise<string> {
  const args = buildArguments(module);
  const key = cacheKey([...args, await run('go', ['version']), ...(await sources(module.dir))]);
  return cachedFolder(`bin/${module.name}-${key}`, (dir) =>
    timed(`building ${module.name} with Go (minutes, if Go's own cache is empty)`, async () => {
      const env = {
        ...process.env,
        GOOS: 'linux',
        GOARCH: 'amd64',
        CGO_ENABLED: module.cgoTags === undefined ? '0' : '1',
      };
      await run('nice', ['go', ...args, '-o', `${dir}/`, module.packages], { cwd: module.dir, env });
    }),
  );
}

function buildArguments({ linkerFlags, cgoTags }: GoModule): string[] {
  const flags = ['-s', '-w', ...(cgoTags === undefined ? [] : ['-extldflags', '-static']), ...linkerFlags];
  return [
    'build',
    '-trimpath',
    '-buildvcs=false',
    ...(cgoTags === undefined ? [] : ['-tags', cgoTags.join(',')]),
    '-ldflags',
    flags.join(' '),
  ];
}

async function sources(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    files.toSorted().map(async (file) => `${file.slice(dir.length)}\n${await readFile(file, 'utf8')}`),
  );
}
