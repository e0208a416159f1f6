import { setting } from '../../sbom/setting.ts';
import type { Part } from '../decode/part.ts';
import type { RawCommand } from './commands.ts';
import type { RawFile } from './file.ts';
import { textOf } from './text.ts';

/** Something that a machine fetches. */
export interface RawDownload {
  readonly url: string;
  /** `sha256:…` as the payload says it; null where nothing checks what comes. */
  readonly digest: string | null;
  /** Where the payload says so: a file, a part, a command. */
  readonly from: string;
}

const address = /\bhttps?:\/\/[^\s'"<>|;`\\)\]},]+/g;
// What a machine asks of itself or of the host that it runs on is no download.
const own = /^https?:\/\/(?:127\.|localhost\b|169\.254\.|\[::1\]|metadata\.google\.internal\b)/;
const fetches =
  /\b(curl|wget|aria2c|fetch|download\w*|Invoke-WebRequest|add-apt-repository)\b|_(?:URLS?|MIRROR)\w*\s*=|\burl\s*[:=]/i;
const digest = /(?<![0-9a-f])([0-9a-f]{128}|[0-9a-f]{64})(?![0-9a-f])/i;

const named = (hex: string): string => `${hex.length === 64 ? 'sha256' : 'sha512'}:${hex.toLowerCase()}`;

const assigned = /\b(\w*(?:HASH|SHA\d*|DIGEST)\w*)=/i;

/** The fingerprint of a key by which what is fetched is checked. */
const fingerprint = /\b(\w*(?:KEY|FINGERPRINT))=["']?([0-9A-F]{40})\b/;

/** A variable's name without what says that it is a URL or a digest, so that the two of a pair have one. */
const stem = (name: string): string => name.replace(/HASH|SHA\d*|DIGEST|URLS?/i, '').replace(/_+$/, '');

/** The digests and fingerprints that variables hold, by the stems of their names. */
function digestsOf(lines: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    lines.flatMap((line): [string, string][] => {
      const [, key, print] = fingerprint.exec(line) ?? [];
      if (key !== undefined && print !== undefined) return [[stem(key), `openpgp:${print}`]];
      const [name, hex] = [assigned.exec(line)?.[1], digest.exec(line)?.[1]];
      return name === undefined || hex === undefined ? [] : [[stem(name), named(hex)]];
    }),
  );
}

/** The digest that belongs to a line with a URL: there, in a variable of that name, or where the next lines check one. */
function digestOf(
  lines: readonly string[],
  index: number,
  digests: ReadonlyMap<string, string>,
): string | null {
  const line = lines[index] ?? '';
  const here = digest.exec(line.replace(address, ''));
  if (here?.[1] !== undefined) return named(here[1]);
  const variable = /\b(\w*URL\w*)=/i.exec(line)?.[1];
  if (variable !== undefined) return digests.get(stem(variable)) ?? null;
  const next = lines
    .slice(index + 1, index + 4)
    .find((other) => /sha(256|512)(sum)?|shasum|--check/i.test(other));
  const found = digest.exec(next ?? '')?.[1];
  return found === undefined ? null : named(found);
}

function inText(text: string, from: string): readonly RawDownload[] {
  const lines = text.split('\n');
  const digests = digestsOf(lines);
  return lines.flatMap((line, index) => {
    const urls =
      line.trimStart().startsWith('#') || !fetches.test(line)
        ? []
        : (line.match(address) ?? []).filter((url) => !own.test(url));
    const known = urls.length === 0 ? null : digestOf(lines, index, digests);
    return [...new Set(urls)].map((url) => ({ url, digest: known, from }));
  });
}

/** Where a machine gets it: a registry, whose folder of files it then has, knows them by their digests alone. */
const addressOf = (from: string, path: string, hex: string): string =>
  /^https:\/\/[^/]+\/v2\/.+\/blobs\/$/.test(from)
    ? `${from}sha256:${hex}?${path.slice(path.lastIndexOf('/') + 1)}`
    : from + path;

/** Our own list: when, name, URL, a digest for each architecture, folder. */
function ours(list: RawFile, files: readonly RawFile[]): readonly RawDownload[] {
  const image = files.find(({ path }) => path === '/etc/flexgen/image.env');
  const env = Buffer.from(image?.bytes ?? []).toString('utf8');
  const from = setting(env, 'FROM') ?? 'https://';
  return Buffer.from(list.bytes)
    .toString('utf8')
    .split('\n')
    .flatMap((row) => {
      const [, , url = '', amd64 = '-', arm64 = '-'] = row.split('\t');
      if (url === '') return [];
      return [['amd64', amd64] as const, ['arm64', arm64] as const]
        .filter(([, hex]) => hex !== '-' && hex !== '')
        .map(([arch, hex]) => ({
          url: addressOf(from, url.replaceAll('@', arch), hex),
          digest: named(hex),
          from: list.path,
        }));
    });
}

/** What an include lists; ours has a digest, which our part handler checks. */
function included({ name, text }: Part): readonly RawDownload[] {
  const hex = /^\s*\{/.test(text) ? /"sha256"\s*:\s*"([0-9a-f]{64})"/.exec(text)?.[1] : undefined;
  const known = hex === undefined ? null : named(hex);
  return (text.match(address) ?? []).map((url) => ({ url, digest: known, from: name }));
}

/** All that a payload says that it fetches, each once. */
export function downloadsOf(
  parts: readonly Part[],
  files: readonly RawFile[],
  commands: readonly RawCommand[],
): readonly RawDownload[] {
  const all = [
    ...parts.flatMap((part) => {
      if (part.kind === 'include') return included(part);
      return part.kind === 'cloud-config' ? [] : inText(part.text, part.name);
    }),
    ...files.flatMap((file) => {
      const source = file.source === null ? [] : [{ url: file.source, digest: null, from: file.path }];
      if (file.path === '/etc/flexgen/artifacts.tsv') return ours(file, files);
      return [...source, ...inText(textOf(file.bytes) ?? '', file.path)];
    }),
    ...commands.flatMap(({ text, part }) => inText(text, part)),
  ];
  const seen = new Map(all.toReversed().map((one) => [`${one.url} ${one.digest ?? ''}`, one]));
  return all.filter((one) => seen.get(`${one.url} ${one.digest ?? ''}`) === one);
}
