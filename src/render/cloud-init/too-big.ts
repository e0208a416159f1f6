import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { yamlDocument } from '../../encode/document.ts';

interface Part {
  readonly name: string;
  readonly bytes: number;
}

/** Nobody reads more, and the rest is small. */
const shown = 6;

const text = (count: number) => count.toLocaleString('en-US');

const sizeOf = (value: unknown): number => Buffer.byteLength(yamlDocument(value));

const nameOf = (entry: unknown): string =>
  typeof entry === 'object' && entry !== null && 'path' in entry ? String(entry.path) : 'a file';

/** What takes the space: each file, and each other module of cloud-init. */
function partsOf(config: Readonly<Record<string, unknown>>): readonly Part[] {
  return Object.entries(config).flatMap(([key, value]) =>
    key === 'write_files' && Array.isArray(value)
      ? value.map((entry: unknown) => ({ name: nameOf(entry), bytes: sizeOf([entry]) }))
      : [{ name: `\`${key}\``, bytes: sizeOf({ [key]: value }) }],
  );
}

/** The payload that does not fit, and what of it is large. */
export function tooBig(config: Readonly<Record<string, unknown>>, bytes: number, limit: number): Diagnostic {
  const largest = partsOf(config).toSorted((a, b) => b.bytes - a.bytes);
  const table = largest.slice(0, shown).map((part) => `${part.name} ${text(part.bytes)}`);
  return {
    severity: 'error',
    code: 'render/too-big',
    message: `the payload has ${text(bytes)} bytes, ${text(bytes - limit)} more than the ${text(limit)} that every provider takes`,
    hint: `the largest parts, in bytes: ${table.join(', ')}`,
  };
}
