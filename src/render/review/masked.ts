import { yamlDocument } from '../../encode/document.ts';
import { sha256 as digestOf } from '../../node/image.ts';
import { budgetOf } from './budget.ts';
import type { Decoded } from './decode/index.ts';
import type { Content } from './read/content.ts';
import { downloadsOf } from './read/downloads.ts';
import type { RawFile } from './read/file.ts';
import { stageOf } from './read/stages.ts';
import { textOf } from './read/text.ts';
import { timelineOf } from './read/timeline.ts';
import { unitsOf } from './read/units.ts';
import type { Review, ReviewedFile, ReviewedModule, ReviewedPart, ReviewedSecret } from './review.ts';
import { mask } from './secrets/mask.ts';
import { maskModule } from './secrets/modules.ts';
import type { Vault } from './secrets/vault.ts';

/** What stands elsewhere in the report. */
const told = new Set(['write_files', 'runcmd', 'bootcmd', 'merge_how', 'merge_type']);

/** As much text as one review looks through and shows. */
const mostText = 8 << 20;

/** Without what only YAML has, dates say. */
const plainData = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

/** Only its owner may read it, and it is no program: what stands in it is a secret. */
const isClosed = ({ mode }: RawFile, text: string): boolean => (mode & 0o077) === 0 && !text.startsWith('#!');

/** Everything that a payload says, in the form of a report, with its secrets masked. */
export function maskedReview(name: string, decoded: Decoded, content: Content, vault: Vault): Review {
  const secrets: ReviewedSecret[] = [];
  let [room, left] = [mostText, 0];
  const shown = (bytes: Uint8Array): string | null => {
    const text = bytes.length > room ? null : textOf(bytes);
    room -= text === null ? 0 : bytes.length;
    left += text === null ? 1 : 0;
    return text;
  };
  const hide = (text: string, where: string, closed = false): string => {
    const { text: masked, found } = mask(text, vault, closed);
    secrets.push(...found.map((one) => ({ ...one, where })));
    return masked;
  };
  const files = content.files.map((file): ReviewedFile => {
    const raw = shown(file.bytes);
    const before = secrets.length;
    const text = raw === null ? null : hide(raw, file.path, isClosed(file, raw));
    const { path, owner, part, packed, append } = file;
    const mode = file.mode.toString(8).padStart(4, '0');
    const secret = secrets.length > before;
    const sha256 = text === null ? digestOf(file.bytes) : null;
    return { path, mode, owner, bytes: file.bytes.length, part, packed, append, secret, text, sha256 };
  });
  const parts = content.parts.map(({ part, config }): ReviewedPart => {
    const { kind, via, text } = part;
    const raw = config === null ? shown(Buffer.from(text)) : null;
    return {
      name: part.name,
      kind,
      via,
      bytes: Buffer.byteLength(text),
      text: raw === null ? null : hide(raw, part.name),
    };
  });
  const modules = content.parts.flatMap(({ part, config }) =>
    Object.entries(config ?? {})
      .filter(([key]) => !told.has(key))
      .map(([key, value]): ReviewedModule => {
        const text = yamlDocument({ [key]: maskModule(key, plainData(value), vault) });
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
  const unseen =
    left === 0
      ? []
      : [`${left} of its files and parts are no text or too large, and were not looked through`];
  const notes = [...content.notes.map(clean), ...unseen];
  return {
    name,
    bytes: decoded.bytes,
    wrapping: decoded.parts[0]?.via ?? [],
    parts,
    files,
    units,
    downloads,
    commands,
    modules,
    secrets,
    timeline,
    budget: budgetOf(decoded),
    notes,
  };
}
