import { shapes } from './shapes.ts';

/** Every path to a key in a value, those of a list's items as one. */
function paths(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => paths(item, `${path}[]`)))];
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, item]) => paths(item, `${path}.${key}`));
}

/** The keys in what a command has printed with `--json` that the reference does not show; `words` are those behind `flexgen`. */
export function strangeIn(words: readonly string[], printed: string): readonly string[] {
  const [first = '', second = ''] = words;
  const shape = shapes[`${first} ${second}`] ?? shapes[first];
  if (shape === undefined) return [`the reference has no --json of ${first}`];
  const own = paths(shape);
  return paths(JSON.parse(printed)).filter(
    (key) =>
      !own.includes(key) && !own.some((one) => one.startsWith(`${key}.`) || one.startsWith(`${key}[]`)),
  );
}
