import type { JsonSchema } from './mode.ts';
import type { Path } from './path.ts';
import type { Problem } from './problem.ts';
import { child, schemaAt } from './schema/schema-at.ts';
import type { Positions, WrittenScalar } from './source/positions.ts';
import type { Source } from './source/source.ts';
import { findUnprintable } from './values/characters.ts';
import { formats } from './values/index.ts';
import type { ValueProblem } from './values/value-problem.ts';

/** The schema of a scalar: of the value at its path, or of the keys that its map may have. */
function schemaOf({ path, isKey }: WrittenScalar, root: JsonSchema, data: unknown): JsonSchema | undefined {
  return isKey ? child(schemaAt(root, path.slice(0, -1), data), 'propertyNames') : schemaAt(root, path, data);
}

function complain(path: Path, isKey: boolean, problem: ValueProblem): Problem {
  return { severity: 'error', ...problem, path, target: isKey ? 'key' : 'value' };
}

/** Checks every string of the file for characters that nobody can see, and for the syntax that its place asks for. */
export function checkStrings(
  source: Source,
  positions: Pick<Positions, 'scalars'>,
  root: JsonSchema,
  data: unknown,
): Problem[] {
  const problems: Problem[] = [];
  for (const scalar of positions.scalars) {
    const { path, value, range, isKey } = scalar;
    if (typeof value !== 'string') continue;
    const schema = schemaOf(scalar, root, data);
    const unprintable = findUnprintable(value, schema?.['multiline'] === true);
    if (unprintable !== undefined) {
      const { character, ...problem } = unprintable;
      const offset = source.text.slice(range.start, range.end).indexOf(character);
      const start = range.start + offset;
      const exact = offset === -1 ? range : { start, end: start + character.length };
      problems.push({ ...complain(path, isKey, problem), range: exact });
      continue;
    }
    const problem = formats[String(schema?.['format'])]?.(value);
    if (problem !== undefined) problems.push(complain(path, isKey, problem));
  }
  return problems;
}
