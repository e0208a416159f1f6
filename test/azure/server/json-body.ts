/** The object that a body holds, or null if it holds none. */
export function jsonObject(body: string): ReadonlyMap<string, unknown> | null {
  try {
    return mapOf(JSON.parse(body));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

export function mapOf(value: unknown): ReadonlyMap<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value))
    : null;
}

/** The texts of these keys, or null where one is no text or there is a key beside them. */
export function textsOf<Name extends string>(
  map: ReadonlyMap<string, unknown> | null,
  names: readonly Name[],
): Readonly<Record<Name, string>> | null {
  if (map === null || [...map.keys()].some((key) => !names.some((name) => name === key))) return null;
  const texts = names.map((name) => [name, map.get(name)] as const);
  if (!texts.every(([, text]) => typeof text === 'string')) return null;
  return Object.fromEntries(texts) as Record<Name, string>;
}

export const isUuid = (text: unknown): text is string =>
  typeof text === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
