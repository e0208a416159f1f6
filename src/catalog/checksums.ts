import type { Arch, Released } from './component.ts';
import { upstreamUrl } from './upstream.ts';

/** Where upstream publishes the digest of a download. */
export interface Checksum {
  readonly url: string;
  readonly algorithm: 'sha256' | 'sha512';
  /** The download’s name, as a list names it. */
  readonly file: string;
}

const suffixes = {
  'kubelet': '.sha256',
  'kubectl': '.sha256',
  'kubeadm': '.sha256',
  'containerd': '.sha256sum',
  'runc': null,
  'cni-plugins': '.sha256',
  'crictl': '.sha256',
  'node-problem-detector': '.sha512',
} as const satisfies Record<Released, `.sha${string}` | null>;

/** The checksum file beside a component's download; runc has one list for all. */
export function checksumOf(component: Released, version: string, arch: Arch): Checksum {
  const url = upstreamUrl(component, version, arch);
  const suffix = suffixes[component];
  const file = url.slice(url.lastIndexOf('/') + 1);
  const list = suffix === null ? new URL('runc.sha256sum', url).href : `${url}${suffix}`;
  return { url: list, algorithm: suffix === '.sha512' ? 'sha512' : 'sha256', file };
}

const digits = { sha256: 64, sha512: 128 } as const;

/**
 * The digest of `file` in a checksum file: a digest alone, or a list of `DIGEST  FILE` in which the name must be exactly
 * that one. Undefined where it is not there; what is an HTML page has none either.
 */
export function readChecksum(text: string, { file, algorithm }: Omit<Checksum, 'url'>): string | undefined {
  const line = new RegExp(`^([0-9a-fA-F]{${digits[algorithm]}})(?:[ \\t]+\\*?(?:\\./)?(\\S+))?$`);
  const rows = text
    .split('\n')
    .map((row) => row.trim())
    .filter((row) => row !== '')
    .map((row) => line.exec(row));
  const own = rows.find((row) => row?.[2] === file);
  // A digest without a name counts only where nothing else stands there.
  const alone = rows.length === 1 && rows[0]?.[2] === undefined ? rows[0] : undefined;
  return (own ?? alone)?.[1]?.toLowerCase();
}
