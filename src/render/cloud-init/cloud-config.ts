import { yamlDocument } from '../../encode/document.ts';
import type { TargetImage } from '../../node/image.ts';
import type { NodeFile } from '../../node/plan.ts';
import { archive } from './archive.ts';
import { gzip } from './gzip.ts';
import { startCommands } from './start.ts';

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

/** What a payload puts on its machine, and what that is made from. */
export interface Payload {
  readonly files: readonly NodeFile[];
  readonly target: TargetImage;
  readonly authorizedKeys: readonly string[];
}

/**
 * What cloud-init does with this payload: it writes the files and starts the unit, without waiting for it. All that is
 * before `runcmd`'s stage is faster, and needs a unit that is there before the files are.
 */
export function cloudConfig(
  { files, target, authorizedKeys }: Payload,
  { packed, archived }: Packing,
): CloudConfig {
  const together = files.filter(({ path }) => archived.has(path));
  const each = files
    .filter(({ path }) => !archived.has(path))
    .map((file) => writeFile(file, packed.has(file.path)));
  const { runcmd, ...first } = startCommands(target, together.length === 0 ? null : archivePath);
  return {
    ...(authorizedKeys.length === 0 ? {} : { ssh_authorized_keys: authorizedKeys }),
    ...first,
    write_files:
      together.length === 0
        ? each
        : [{ path: archivePath, encoding: 'b64', content: archive(together) }, ...each],
    ...(runcmd === undefined ? {} : { runcmd }),
  };
}

/** User-data in plain text, with comments for whoever reads it before it is pasted anywhere. */
export function plainUserData(config: CloudConfig, comments: readonly string[]): string {
  const lines = comments.map((comment) => `# ${comment}\n`);
  return `#cloud-config\n${lines.join('')}${yamlDocument(config)}`;
}
