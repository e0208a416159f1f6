import type { Encodable, Scalar } from './language.ts';
import { listOr, scalarText } from './scalar.ts';

/** A JSON value. */
export function encodeJson(value: Encodable): string {
  return listOr(value, scalar);
}

function scalar(value: Scalar): string {
  const text = scalarText('json', value);
  return typeof value === 'string' ? JSON.stringify(text) : text;
}
