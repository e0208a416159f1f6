import { gunzipSync } from 'node:zlib';
import { patterns } from './patterns.ts';
import type { Vault } from './vault.ts';

/** A secret that was found, and where. */
interface Found {
  readonly kind: string;
  readonly label: string;
  /** From 1. */
  readonly line: number;
}

export interface Masked {
  readonly text: string;
  readonly found: readonly Found[];
}

const marks = /<masked [^<>]* \d+>/g;

const unquoted = (text: string): string => /^(["'])(.*)\1$/s.exec(text)?.[2] ?? text;

function matched(text: string, vault: Vault): string {
  return patterns.reduce(
    (rest, { kind, pattern }) =>
      rest.replace(pattern, (whole: string, group: unknown) => {
        const raw = typeof group === 'string' ? group : whole;
        const value = unquoted(raw);
        if (raw.includes('<masked ') || value === '') return whole;
        return whole.replace(value, () => vault.keep(kind, value));
      }),
    text,
  );
}

/** As large a text as is looked at within base64. */
const mostInner = 1 << 20;
const run = /(?:[A-Za-z0-9+/]{60,76}\r?\n[ \t]*)*[A-Za-z0-9+/]{40,}={0,2}/g;

function innerText(blob: string): string {
  const bytes = Buffer.from(blob.replace(/\s+/g, ''), 'base64');
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.subarray(0, mostInner).toString('latin1');
  try {
    return gunzipSync(bytes, { maxOutputLength: mostInner }).toString('latin1');
  } catch {
    // Not gzip, or more than anybody hides in a script: it is shown as it stands.
    return '';
  }
}

/** Whether base64 holds a secret, up to so many layers deep. */
function holdsSecret(blob: string, vault: Vault, depth: number): boolean {
  const inner = innerText(blob);
  if (inner === '') return false;
  if (vault.without(inner) !== inner) return true;
  if (patterns.some(({ pattern }) => inner.search(pattern) !== -1)) return true;
  return depth > 0 && (inner.match(run) ?? []).some((one) => holdsSecret(one, vault, depth - 1));
}

function withoutBlobs(text: string, vault: Vault): string {
  return text.replace(run, (blob) =>
    holdsSecret(blob, vault, 2) ? vault.keep('base64 with a secret in it', blob) : blob,
  );
}

// `key=value`, `key: value`, in an env file, YAML, TOML or an ini file.
const pair = /^(\s*(?:-\s+)?(?:export\s+)?["']?[\w.\-/]+["']?\s*[:=]\s*)(\S.*)$/;
const bare = /^\s*(?:#.*|\[[\w." -]+\]|[-[\]{}(),;|>\s]*|[\w.\-/]+:(?:\s*[|>][-+]?)?)$/;

/** What only root may read: the names are shown, the values are not. */
function closed(text: string, vault: Vault): string {
  const isOne = text.trim().split('\n').length === 1;
  return text
    .split('\n')
    .map((line) => {
      if (bare.test(line) || line.replace(marks, '').trim() === '') return line;
      const [, key = '', value = line] = pair.exec(line) ?? [];
      if (value.replace(marks, '').replace(/["',]/g, '') === '') return line;
      const indent = key === '' ? (/^\s*(?:- )?/.exec(line)?.[0] ?? '') : key;
      const shown = key === '' ? line.slice(indent.length) : value;
      // A whole secret may stand elsewhere too; one value of many may be anything, the server's address say.
      return indent + vault.keep('root-only value', shown, isOne && key === '');
    })
    .join('\n');
}

/** The text with every secret masked. `isClosed`: it is of a file that only its owner may read, and no program. */
export function mask(text: string, vault: Vault, isClosed = false): Masked {
  const open = withoutBlobs(matched(vault.without(text), vault), vault);
  const masked = isClosed ? closed(open, vault) : open;
  const found = masked.split('\n').flatMap((line, index) =>
    (line.match(marks) ?? []).map((label) => ({
      kind: label.slice('<masked '.length).replace(/ \d+>$/, ''),
      label,
      line: index + 1,
    })),
  );
  return { text: masked, found };
}
