import { isMap } from '../../config/data.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { yamlDocument } from '../../encode/document.ts';
import type { Written } from './write.ts';
import { number } from '../../diagnostics/number.ts';

interface Part {
  readonly name: string;
  readonly bytes: number;
}

/** Nobody reads more, and the rest is small. */
const shown = 6;

const sizeOf = (value: unknown): number => Buffer.byteLength(yamlDocument(value));

const nameOf = (entry: unknown): string =>
  isMap(entry) && 'path' in entry ? String(entry['path']) : 'a file';

/** What takes the space: each file, each other module of cloud-init, and what is not flexgen's. */
function partsOf({ config, beside }: Written): readonly Part[] {
  const ours = Object.entries(config).flatMap(([key, value]) =>
    key === 'write_files' && Array.isArray(value)
      ? value.map((entry: unknown) => ({ name: nameOf(entry), bytes: sizeOf([entry]) }))
      : [{ name: `\`${key}\``, bytes: sizeOf({ [key]: value }) }],
  );
  return beside === null ? ours : [...ours, beside];
}

/** A payload that does not fit: as it is written, in bytes as the target counts them, and who says how many there may be. */
interface Excess {
  readonly written: Written;
  readonly counted: number;
  readonly limit: number;
  readonly title: string;
  /** What would make it fit. */
  readonly remedies: readonly string[];
}

/** The payload that does not fit, what of it is large, and what would help. */
export function tooBig({ written, counted, limit, title, remedies }: Excess): Diagnostic {
  const parts = partsOf(written).toSorted((a, b) => b.bytes - a.bytes);
  const rest = parts.slice(shown);
  const others = { name: `${rest.length} more`, bytes: rest.reduce((sum, { bytes }) => sum + bytes, 0) };
  const rows = rest.length === 0 ? parts : [...parts.slice(0, shown), others];
  const whole = Buffer.byteLength(written.text);
  return {
    severity: 'error',
    code: 'render/too-big',
    message: `the payload has ${number(counted)} bytes, ${number(counted - limit)} more than the ${number(limit)} that ${title} takes`,
    table: [
      ...rows.map(({ name, bytes }) => [name, number(bytes)] as const),
      ['all of it, as text', number(whole)],
      ...(whole === counted ? [] : [['as it is counted', number(counted)] as const]),
      ['the limit', number(limit)],
      ['too much', number(counted - limit)],
    ],
    hint: remedies.join('; or '),
  };
}
