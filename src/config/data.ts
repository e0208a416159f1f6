/** A YAML map, or what the schema calls an object. */
export type DataMap = Readonly<Record<string, unknown>>;

export function isMap(value: unknown): value is DataMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
