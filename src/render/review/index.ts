import type { Result } from '../../diagnostics/diagnostic.ts';
import { ok } from '../../diagnostics/diagnostic.ts';
import { yamlDocument } from '../../encode/document.ts';
import { decodePayload } from './decode/index.ts';
import { readContent } from './read/content.ts';
import type { Content } from './read/content.ts';
import { downloadsOf } from './read/downloads.ts';
import type { RawFile } from './read/file.ts';
import { stageOf } from './read/stages.ts';
import { timelineOf } from './read/timeline.ts';
import { unitsOf } from './read/units.ts';
import type { Review, ReviewedFile, ReviewedModule, ReviewedPart, ReviewedSecret } from './review.ts';
import { mask } from './secrets/mask.ts';
import { maskModule } from './secrets/modules.ts';
import type { Vault } from './secrets/vault.ts';

/** What stands elsewhere in the report. */
const told = new Set(['write_files', 'runcmd', 'bootcmd', 'merge_how', 'merge_type']);

const textOf = (bytes: Uint8Array): string | null => {
  const text = Buffer.from(bytes).toString('utf8');
  return text.includes('\0') || text.includes('\ufffd') ? null : text;
};

/** Only its owner may read it, and it is no program: what stands in it is a secret. */
const isClosed = ({ mode }: RawFile, text: string): boolean => (mode & 0o077) === 0 && !text.startsWith('#!');

function masked(
  name: string,
  bytes: number,
  wrapping: readonly string[],
  content: Content,
  vault: Vault,
): Review {
  const secrets: ReviewedSecret[] = [];
  const hide = (text: string, where: string, closed = false): string => {
    const { text: shown, found } = mask(text, vault, closed);
    secrets.push(...found.map((one) => ({ ...one, where })));
    return shown;
  };
  const files = content.files.map((file): ReviewedFile => {
    const raw = textOf(file.bytes);
    const before = secrets.length;
    const text = raw === null ? null : hide(raw, file.path, isClosed(file, raw));
    const { path, owner, part, packed, append } = file;
    const mode = file.mode.toString(8).padStart(4, '0');
    const secret = secrets.length > before;
    return { path, mode, owner, bytes: file.bytes.length, part, packed, append, secret, text };
  });
  const parts = content.parts.map(({ part, config }): ReviewedPart => {
    const { kind, via, text } = part;
    return {
      name: part.name,
      kind,
      via,
      bytes: Buffer.byteLength(text),
      text: config === null ? hide(text, part.name) : null,
    };
  });
  const modules = content.parts.flatMap(({ part, config }) =>
    Object.entries(config ?? {})
      .filter(([key]) => !told.has(key))
      .map(([key, value]): ReviewedModule => {
        const text = yamlDocument({ [key]: maskModule(key, value, vault) });
        return { key, stage: stageOf(key).stage, part: part.name, text: hide(text, `${part.name}: ${key}`) };
      }),
  );
  const commands = content.commands.map((command) => ({
    ...command,
    text: hide(command.text, `${command.part}: ${command.stage === 'init' ? 'bootcmd' : 'runcmd'}`),
  }));
  const clean = (text: string): string => mask(text, vault).text;
  const scripts = [
    ...content.parts.filter(({ config }) => config === null).map(({ part }) => part.text),
    ...content.files.filter(({ mode }) => (mode & 0o100) !== 0).map((file) => textOf(file.bytes) ?? ''),
  ];
  const units = unitsOf(content.files, content.commands, scripts).map((unit) => ({
    ...unit,
    runs: unit.runs.map(clean),
  }));
  const raw = content.parts.map(({ part }) => part);
  const downloads = downloadsOf(raw, content.files, content.commands).map((one) => ({
    ...one,
    url: clean(one.url),
  }));
  const timeline = timelineOf({ parts, files, units, commands, modules });
  const notes = content.notes.map(clean);
  return {
    name,
    bytes,
    wrapping,
    parts,
    files,
    units,
    downloads,
    commands,
    modules,
    secrets,
    timeline,
    budget: [],
    notes,
  };
}

/**
 * Reads any payload, whoever made it, and says what it would do, with every secret masked. Nothing of it is run or
 * fetched. `vault` numbers the secrets: two payloads that are compared share one.
 */
export function reviewPayload(bytes: Uint8Array, name: string, vault: Vault): Result<Review> {
  const decoded = decodePayload(bytes, name);
  if (!decoded.ok) return decoded;
  const content = readContent(decoded.value, name);
  if (!content.ok) return content;
  const wrapping = decoded.value.parts[0]?.via ?? [];
  // What one text shows to be a secret is one in those before it too.
  masked(name, bytes.length, wrapping, content.value, vault);
  return ok(masked(name, bytes.length, wrapping, content.value, vault));
}
