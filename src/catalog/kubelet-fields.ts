import tables from './data/kubelet-fields.json' with { type: 'json' };

/**
 * `duration` is text like `1m30s`; `quantity` is a Kubernetes quantity, text or a number;
 * `any` has a reader of its own in Go and can't be checked here.
 */
const scalarTypes = ['string', 'boolean', 'integer', 'number', 'duration', 'quantity', 'any'] as const;
type ScalarType = (typeof scalarTypes)[number];

export type Field =
  | { readonly type: ScalarType }
  | { readonly type: 'list' | 'map'; readonly items: Field }
  | { readonly type: 'object'; readonly fields: FieldTable };

/** Field names to what they hold. A map, so that `constructor` and `__proto__` are no fields. */
export type FieldTable = ReadonlyMap<string, Field>;

/** A type as `kubelet-fields-go` prints it. */
type Stored = string | { list: Stored } | { map: Stored } | { object: Readonly<Record<string, Stored>> };

const stored: Readonly<Record<string, Readonly<Record<string, Stored>>>> = tables;
const parsed = new Map<number, FieldTable>();

/** The Kubernetes minors (`36` for 1.36) whose tables are shipped, oldest first. */
export const kubeletFieldMinors: readonly number[] = Object.keys(stored)
  .map(Number)
  .toSorted((a, b) => a - b);

/**
 * The fields of KubeletConfiguration v1beta1 in Kubernetes 1.`minor`, without apiVersion and kind.
 * A minor newer than the tables gets the newest one; one older than all of them gets undefined.
 */
export function kubeletFields(minor: number): FieldTable | undefined {
  const nearest = kubeletFieldMinors.findLast((known) => known <= minor);
  if (nearest === undefined) return undefined;
  const table = parsed.get(nearest) ?? expandTable(stored[nearest] ?? {});
  parsed.set(nearest, table);
  return table;
}

function expandTable(fields: Readonly<Record<string, Stored>>): FieldTable {
  return new Map(Object.entries(fields).map(([name, field]) => [name, expand(field)]));
}

function expand(field: Stored): Field {
  if (typeof field === 'string') return { type: scalarType(field) };
  if ('list' in field) return { type: 'list', items: expand(field.list) };
  if ('map' in field) return { type: 'map', items: expand(field.map) };
  return { type: 'object', fields: expandTable(field.object) };
}

function scalarType(name: string): ScalarType {
  const type = scalarTypes.find((known) => known === name);
  if (type === undefined) throw new Error(`kubelet-fields.json: unknown type ${name}`);
  return type;
}
