import type { DataMap } from '../../../config/data.ts';
import type { Part } from '../decode/part.ts';
import type { Stage } from './stages.ts';

/** Something that runs on the machine by the payload's own words. */
export interface RawCommand {
  readonly stage: Stage;
  readonly when: 'first boot' | 'every boot';
  readonly text: string;
  readonly part: string;
}

/** A list is run without a shell: what a shell would read is quoted. */
function commandText(entry: unknown): string {
  if (!Array.isArray(entry)) return String(entry);
  return entry
    .map(String)
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(' ');
}

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

/** What `bootcmd` and `runcmd` of a cloud-config run. */
export function configCommands(config: DataMap, part: string): readonly RawCommand[] {
  return [
    ...listOf(config['bootcmd']).map((entry): RawCommand => ({
      stage: 'init',
      when: 'every boot',
      text: commandText(entry),
      part,
    })),
    ...listOf(config['runcmd']).map((entry): RawCommand => ({
      stage: 'final',
      when: 'first boot',
      text: commandText(entry),
      part,
    })),
  ];
}

/** What a part runs by being what it is. */
export function partCommands({ kind, name, text, everyBoot }: Part): readonly RawCommand[] {
  const first = text.split('\n', 1)[0]?.trim() ?? '';
  const interpreter = first.startsWith('#!') ? first.slice(2).trim() : '/bin/sh';
  switch (kind) {
    case 'boothook':
      return [{ stage: 'init', when: 'every boot', text: `boothook ${name}`, part: name }];
    case 'script':
      return [
        {
          stage: 'final',
          when: everyBoot ? 'every boot' : 'first boot',
          text: `${interpreter} ${name}`,
          part: name,
        },
      ];
    case 'part-handler':
      return [
        { stage: 'init', when: 'every boot', text: `python ${name} (handles other parts)`, part: name },
      ];
    default:
      return [];
  }
}
