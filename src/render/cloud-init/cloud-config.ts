import { base85 } from '../../encode/base85.ts';
import { yamlDocument, yamlList } from '../../encode/document.ts';
import type { TargetImage } from '../../node/image.ts';
import type { NodeFile } from '../../node/plan.ts';
import { archive } from './archive.ts';
import { startCommands } from './start.ts';

export type CloudConfig = Readonly<Record<string, unknown>>;

/** Which of the files, by path, are not written as plain text but in one archive. */
export interface Packing {
  readonly archived: ReadonlySet<string>;
  /** The archive is in base85, which cloud-init does not know and Python does. */
  readonly dense?: true;
}

// Where `join` removes it. Not in /run: a power cut may come between the writing and the unpacking.
const archivePath = '/var/lib/flexgen/cache/image.tgz';

/** Octal text: cloud-init takes a bare number for a decimal one. 0644 is its default. */
function permissions(mode: number): { permissions?: string } {
  return mode === 0o644 ? {} : { permissions: `0${mode.toString(8)}` };
}

const entries = new WeakMap<object, CloudConfig>();

/** An entry of `write_files`, made once for what it is of: every node of a fleet asks for those that all of them have. */
function entryOf(source: object, make: () => CloudConfig): CloudConfig {
  const entry = entries.get(source) ?? make();
  entries.set(source, entry);
  return entry;
}

const fileEntry = (file: NodeFile): CloudConfig =>
  entryOf(file, () => ({ path: file.path, ...permissions(file.mode), content: file.content }));

const archiveEntry = (bytes: Uint8Array, dense: true | undefined): CloudConfig =>
  entryOf(bytes, () => ({
    path: archivePath,
    ...(dense === undefined
      ? { encoding: 'b64', content: Buffer.from(bytes).toString('base64') }
      : { content: base85(bytes) }),
  }));

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
  { archived, dense }: Packing,
): CloudConfig {
  const together = files.filter(({ path }) => archived.has(path));
  const each = files.filter(({ path }) => !archived.has(path)).map(fileEntry);
  const { runcmd, ...first } = startCommands(target, together.length === 0 ? null : archivePath, dense);
  return {
    ...(authorizedKeys.length === 0 ? {} : { ssh_authorized_keys: authorizedKeys }),
    ...first,
    write_files:
      together.length === 0 ? each : [archiveEntry(archive(together, dense === true), dense), ...each],
    ...(runcmd === undefined ? {} : { runcmd }),
  };
}

const isList = (value: unknown): value is readonly object[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((item) => typeof item === 'object' && item !== null);

/** One module of cloud-init: its files one by one, so that those of all nodes are written once. */
function moduleText(key: string, value: unknown): string {
  return key === 'write_files' && isList(value)
    ? `${key}:\n${yamlList(value)}`
    : yamlDocument({ [key]: value });
}

const head = (comments: readonly string[]): string =>
  `#cloud-config\n${comments.map((comment) => `# ${comment}\n`).join('')}`;

/** User-data in plain text, with comments for whoever reads it before it is pasted anywhere. */
export function plainUserData(config: CloudConfig, comments: readonly string[]): string {
  const modules = Object.entries(config).map(([key, value]) => moduleText(key, value));
  return `${head(comments)}${modules.join('')}`;
}
