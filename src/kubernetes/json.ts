import { isMap } from '../config/data.ts';
import type { DataMap } from '../config/data.ts';

/** A part of an answer of the API server; empty where it is not there. */
export const fieldsIn = (value: unknown, key: string): DataMap => {
  const found = isMap(value) ? value[key] : undefined;
  return isMap(found) ? found : {};
};

/** The objects of a list in an answer; the list of all that was asked for is `items`. */
export const listIn = (value: unknown, key: string): readonly DataMap[] => {
  const found = isMap(value) ? value[key] : undefined;
  return Array.isArray(found) ? found.filter(isMap) : [];
};

/** A text of an answer; empty where it is not there. */
export const textIn = (value: unknown, key: string): string => {
  const found = isMap(value) ? value[key] : undefined;
  return typeof found === 'string' ? found : '';
};

/** A time of an answer, in milliseconds; NaN where it is not there. */
export const timeIn = (value: unknown, key: string): number => Date.parse(textIn(value, key));
