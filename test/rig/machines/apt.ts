import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where Debian's packages come from, as this machine's own apt knows it. */
export interface Archive {
  readonly main: string;
  /** The archive of security updates, where the machine uses one. */
  readonly security: string | undefined;
}

interface Source {
  readonly uri: string;
  readonly suite: string;
}

/** The `deb` sources in deb822 text: each URI with each suite. */
export function parseDeb822(text: string): readonly Source[] {
  return text.split(/\n\s*\n/).flatMap((stanza) => {
    const lines = stanza.split('\n').filter((line) => !line.startsWith('#'));
    const words = (key: string): readonly string[] => {
      const line = lines.find((candidate) => candidate.toLowerCase().startsWith(`${key}:`));
      return line === undefined
        ? []
        : line
            .slice(key.length + 1)
            .trim()
            .split(/\s+/);
    };
    if (!words('types').includes('deb') || words('enabled').includes('no')) return [];
    return words('uris').flatMap((uri) => words('suites').map((suite) => ({ uri, suite })));
  });
}

/** The `deb` lines of a one-line sources file. */
export function parseOneLine(text: string): readonly Source[] {
  return text.split('\n').flatMap((line) => {
    const match = /^deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)/.exec(line.trim());
    return match?.[1] === undefined || match[2] === undefined ? [] : [{ uri: match[1], suite: match[2] }];
  });
}

/**
 * The Debian archive among the machine's apt sources. A machine that is no Debian has none: there
 * FLEXGEN_RIG_DEBIAN_ARCHIVE names one.
 */
export async function debianArchive(): Promise<Archive> {
  const sources = await ownSources();
  const find = (suite: RegExp): string | undefined =>
    sources.find((source) => suite.test(source.suite))?.uri.replace(/\/$/, '');
  const main =
    process.env['FLEXGEN_RIG_DEBIAN_ARCHIVE'] ?? find(/^(bookworm|trixie|forky|sid|stable|testing)$/);
  if (main === undefined) {
    throw new Error(
      'no Debian archive among the apt sources: set FLEXGEN_RIG_DEBIAN_ARCHIVE to the URL of one',
    );
  }
  return { main, security: find(/^(bookworm|trixie|forky|stable)-security$/) };
}

async function ownSources(): Promise<readonly Source[]> {
  const folder = '/etc/apt/sources.list.d';
  const names = (await readdir(folder).catch(() => [])).map((name) => join(folder, name));
  const found: Source[] = [];
  for (const file of ['/etc/apt/sources.list', ...names]) {
    if (!file.endsWith('.list') && !file.endsWith('.sources')) continue;
    const text = await readFile(file, 'utf8').catch(() => '');
    found.push(...(file.endsWith('.sources') ? parseDeb822(text) : parseOneLine(text)));
  }
  return found;
}
