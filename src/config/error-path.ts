import type { ErrorObject } from 'ajv';
import { isMap } from './data.ts';
import type { Path } from './path.ts';

function step(value: unknown, segment: string | number): unknown {
  if (Array.isArray(value)) return value[Number(segment)];
  return isMap(value) ? value[segment] : undefined;
}

/** An error's place: list items are numbers. */
export function pathOf(error: ErrorObject, data: unknown): { path: Path; value: unknown } {
  let value = data;
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((token) => {
      const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
      const segment = Array.isArray(value) ? Number(key) : key;
      value = step(value, segment);
      return segment;
    });
  return { path, value };
}
