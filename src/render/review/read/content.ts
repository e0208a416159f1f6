import { isMap } from '../../../config/data.ts';
import type { DataMap } from '../../../config/data.ts';
import type { Result } from '../../../diagnostics/diagnostic.ts';
import { Allowance } from '../decode/allowance.ts';
import { Damaged } from '../decode/damaged.ts';
import type { Decoded } from '../decode/index.ts';
import type { Part } from '../decode/part.ts';
import { readYaml } from '../decode/yaml.ts';
import { configCommands, partCommands } from './commands.ts';
import type { RawCommand } from './commands.ts';
import type { RawFile } from './file.ts';
import { writeFiles } from './write-files.ts';

/** A part, and what it says where it is a cloud-config that can be read. */
interface ReadPart {
  readonly part: Part;
  readonly config: DataMap | null;
}

/** What is in a payload, before anything of it is masked. */
export interface Content {
  readonly parts: readonly ReadPart[];
  readonly files: readonly RawFile[];
  readonly commands: readonly RawCommand[];
  readonly notes: readonly string[];
}

const hint = 'cloud-init would refuse it: `cloud-init schema -c FILE` says more';

function readPart(part: Part, notes: string[]): ReadPart {
  notes.push(...part.notes.map((note) => `${part.name}: ${note}`));
  if (part.kind !== 'cloud-config') return { part, config: null };
  const read = readYaml(part.text);
  const value = 'value' in read ? (read.value ?? {}) : null;
  if (isMap(value)) return { part, config: value };
  const why = 'problem' in read ? read.problem : 'it is not a mapping';
  // A template is YAML only once its variables are filled in.
  if (!part.jinja) throw new Damaged(`the cloud-config ${part.name} can't be read: ${why}`, hint);
  notes.push(`${part.name}: its files and commands can't be told before its variables are filled in`);
  return { part, config: null };
}

/** What a later cloud-config drops of an earlier one: by default the last one's list replaces those before. */
function dropped(parts: readonly ReadPart[]): readonly string[] {
  const configs = parts.filter(({ config }) => config !== null);
  return configs.flatMap(({ part, config }, index) => {
    const how = `${part.mergeType ?? ''} ${JSON.stringify(config?.['merge_how'] ?? config?.['merge_type'] ?? '')}`;
    if (/append|prepend|recurse_(list|array)|no_replace/.test(how)) return [];
    return configs.slice(0, index).flatMap((before) =>
      Object.keys(config ?? {})
        .filter((key) => Object.hasOwn(before.config ?? {}, key) && !key.startsWith('merge_'))
        .map(
          (key) =>
            `${part.name}: its \`${key}\` replaces that of ${before.part.name}: it has no \`merge_how\``,
        ),
    );
  });
}

/** Modes that were meant to be octal: as a bare number 644 is a decimal one. */
const decimals = ({ part, config }: ReadPart): readonly string[] => {
  const list: unknown = config?.['write_files'];
  return (Array.isArray(list) ? list : []).flatMap((entry: unknown) => {
    const mode = isMap(entry) ? entry['permissions'] : undefined;
    if (typeof mode !== 'number' || mode <= 0o777 || !/^[0-7]{3,4}$/.test(String(mode))) return [];
    return [
      `${part.name}: the permissions ${mode} are a decimal number, which is ${mode.toString(8)}: put '0${mode}' in quotes`,
    ];
  });
};

/** Reads every part. Throws Damaged. */
function readParts(parts: readonly Part[]): Content {
  const notes: string[] = [];
  const allowance = new Allowance();
  const known = parts.map((part) => readPart(part, notes));
  const commands = known.flatMap(({ part, config }) => [
    ...partCommands(part),
    ...(config === null ? [] : configCommands(config, part.name)),
  ]);
  const texts = commands.map(({ text }) => text);
  const files = known.flatMap(({ part, config }) =>
    config === null ? [] : writeFiles(config['write_files'], part.name, texts, allowance),
  );
  return { parts: known, files, commands, notes: [...notes, ...known.flatMap(decimals), ...dropped(known)] };
}

/** What the parts of a payload say. `name` is what messages call it. */
export function readContent({ parts }: Decoded, name: string): Result<Content> {
  try {
    return { ok: true, value: readParts(parts), warnings: [] };
  } catch (error) {
    if (!(error instanceof Damaged)) throw error;
    const { message, kind } = error;
    const problem = {
      severity: 'error',
      code: `payload/${kind}`,
      message: `${name}: ${message}`,
      hint: error.hint,
    } as const;
    return { ok: false, errors: [problem] };
  }
}
