import { isMap, type DataMap } from '../data.ts';
import type { SettingsProblem, SourceSchema } from '../mode.ts';
import type { Problem } from '../problem.ts';
import type { SourceSettings } from '../spec.ts';

/** Adds the sources that are used to a config, given those that it has: one that it lacks is taken for empty. */
export const withSources =
  (used: (written: readonly string[]) => readonly string[]) =>
  (data: DataMap): DataMap => {
    const image = data['image'] ?? {};
    const sources = isMap(image) ? (image['sources'] ?? {}) : undefined;
    // What is there instead of a map is reported.
    if (!isMap(image) || !isMap(sources)) return data;
    const empty = Object.fromEntries(used(Object.keys(sources)).map((kind) => [kind, {}]));
    return { ...data, image: { ...image, sources: { ...empty, ...sources } } };
  };

/** Whether a text, or one in a list or a map, is what Packer's plugins take for a template. */
function isTemplate(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('{{');
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, child]) => isTemplate(key) || isTemplate(child));
}

// Unlike `${`, which is safe in a variable's value: the plugins fill templates in once more, and know no escape.
const templates = ({ templated = [] }: SourceSchema, settings: SourceSettings): SettingsProblem[] =>
  Object.keys(settings)
    .filter((key) => !templated.includes(key) && isTemplate(settings[key]))
    .map((key) => ({
      key,
      message: `\`${key}\` has \`{{\`, which Packer would take for a template`,
      hint: 'leave the braces out',
    }));

/**
 * What is wrong with the sources of a config beyond their schemas. It is as it was written: what a schema takes out would
 * take its other mistakes along.
 */
export function sourceProblems(data: DataMap, known: readonly SourceSchema[]): Problem[] {
  const image = data['image'];
  const sources = isMap(image) ? image['sources'] : undefined;
  return known.flatMap((source) => {
    const settings = isMap(sources) ? sources[source.kind] : undefined;
    if (!isMap(settings)) return [];
    const found = [...(source.problems?.(settings) ?? []), ...templates(source, settings)];
    return found.map(({ key, ...problem }) => {
      const path = ['image', 'sources', source.kind, key];
      return { severity: 'error', code: 'image/source', ...problem, path, target: 'key' } as const;
    });
  });
}
