import { isMap } from '../data.ts';
import type { DataMap } from '../data.ts';
import type { JsonSchema } from '../mode.ts';
import { formatPath } from '../path.ts';
import type { Path } from '../path.ts';
import type { Problem } from '../problem.ts';
import { child, schemaAt } from '../schema/schema-at.ts';
import { findUnprintable } from '../values/characters.ts';
import { formats } from '../values/index.ts';

/** What a place asks of its text. */
interface Asked {
  readonly format: string;
  readonly multiline: boolean;
}

/** Every text below a value, keys too, with its path. */
function* textsIn(value: unknown, path: Path): Generator<readonly [Path, string, boolean]> {
  if (typeof value === 'string') yield [path, value, false];
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* textsIn(item, [...path, index]);
  } else if (isMap(value)) {
    for (const [key, item] of Object.entries(value)) {
      yield [[...path, key], key, true];
      yield* textsIn(item, [...path, key]);
    }
  }
}

function askedAt(root: JsonSchema, path: Path, isKey: boolean, data: unknown): Asked {
  const schema = isKey
    ? child(schemaAt(root, path.slice(0, -1), data), 'propertyNames')
    : schemaAt(root, path, data);
  return { format: String(schema?.['format']), multiline: schema?.['multiline'] === true };
}

/**
 * Makes the check of texts that stand in no YAML file: for characters that nobody can see, and for the syntax that their
 * place asks for. What a place asks is looked up once. `data` says the modes, which are the same for all.
 */
export function valueChecker(root: JsonSchema, data: DataMap): (values: DataMap) => Problem[] {
  const known = new Map<string, Asked>();
  return (values) => {
    const problems: Problem[] = [];
    for (const [path, value, isKey] of textsIn(values, [])) {
      const id = `${formatPath(path)}${isKey ? ':' : ''}`;
      const asked = known.get(id) ?? askedAt(root, path, isKey, data);
      known.set(id, asked);
      const problem = findUnprintable(value, asked.multiline) ?? formats[asked.format]?.(value);
      if (problem === undefined) continue;
      const { code, message, hint, severity = 'error' } = problem;
      problems.push({
        severity,
        code,
        message,
        ...(hint === undefined ? {} : { hint }),
        path,
        target: isKey ? 'key' : 'value',
      });
    }
    return problems;
  };
}
