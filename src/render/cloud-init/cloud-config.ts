import { yamlDocument } from '../../encode/document.ts';
import type { NodeFile, NodePlan } from '../../node/plan.ts';
import { archive } from './archive.ts';
import { gzip } from './gzip.ts';

export type CloudConfig = Readonly<Record<string, unknown>>;

/** What of the files is not written as plain text, by path: packed each for itself, or all in one archive. */
export interface Packing {
  readonly packed: ReadonlySet<string>;
  readonly archived: ReadonlySet<string>;
}

// Where `join` removes it. Not in /run: a power cut may come between the writing and the unpacking.
const archivePath = '/var/lib/flexgen/cache/image.tgz';

/** Octal text: cloud-init takes a bare number for a decimal one. 0644 is its default. */
function permissions(mode: number): { permissions?: string } {
  return mode === 0o644 ? {} : { permissions: `0${mode.toString(8)}` };
}

const gzipped = new WeakMap<NodeFile, string>();

/** A file's text gzipped, once for each file: each way to pack a payload asks anew. */
function packedText(file: NodeFile): string {
  const text = gzipped.get(file) ?? gzip(Buffer.from(file.content));
  gzipped.set(file, text);
  return text;
}

/** An entry of `write_files`: the text as it is, or packed. */
export function writeFile(file: NodeFile, packed: boolean): CloudConfig {
  const { path, mode, content } = file;
  const rest = packed ? { encoding: 'gz+b64', content: packedText(file) } : { content };
  return { path, ...permissions(mode), ...rest };
}

/** What cloud-init does with this plan: it writes the files and starts the unit, without waiting for it. */
export function cloudConfig(
  { files }: NodePlan,
  authorizedKeys: readonly string[],
  { packed, archived }: Packing,
): CloudConfig {
  const together = files.filter(({ path }) => archived.has(path));
  const each = files
    .filter(({ path }) => !archived.has(path))
    .map((file) => writeFile(file, packed.has(file.path)));
  const start = 'systemctl enable --now --no-block flexgen.service';
  return {
    ...(authorizedKeys.length === 0 ? {} : { ssh_authorized_keys: authorizedKeys }),
    write_files:
      together.length === 0
        ? each
        : [{ path: archivePath, encoding: 'b64', content: archive(together) }, ...each],
    runcmd: together.length === 0 ? [start] : [`tar xzf ${archivePath} -C / && ${start}`],
  };
}

/** User-data in plain text, with comments for whoever reads it before it is pasted anywhere. */
export function plainUserData(config: CloudConfig, comments: readonly string[]): string {
  const lines = comments.map((comment) => `# ${comment}\n`);
  return `#cloud-config\n${lines.join('')}${yamlDocument(config)}`;
}
