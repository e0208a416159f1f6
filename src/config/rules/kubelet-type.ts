import type { Field } from '../../catalog/index.ts';
import { isMap } from '../data.ts';

// time.ParseDuration and resource.ParseQuantity, without the rare exponents.
const duration = /^[+-]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h))+)$/;
const quantity = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+|[numkMGTPE]|[KMGTPE]i)?$/;

interface Kind {
  readonly name: string;
  fits(value: unknown): boolean;
}

/** What each type of KubeletConfiguration takes in YAML, and how to say it. */
const kinds = {
  string: { name: 'a string', fits: (value) => typeof value === 'string' },
  boolean: { name: '`true` or `false`', fits: (value) => typeof value === 'boolean' },
  integer: { name: 'a whole number', fits: (value) => Number.isSafeInteger(value) },
  number: { name: 'a number', fits: (value) => typeof value === 'number' },
  duration: {
    name: 'a duration like `10s` or `1h30m`',
    fits: (value) => typeof value === 'string' && duration.test(value),
  },
  quantity: {
    name: 'a quantity like `100Mi`',
    fits: (value) => typeof value === 'number' || (typeof value === 'string' && quantity.test(value)),
  },
  any: { name: 'a value', fits: (value) => value !== null },
  list: { name: 'a list', fits: Array.isArray },
  map: { name: 'a map', fits: isMap },
  object: { name: 'a map', fits: isMap },
} as const satisfies Record<Field['type'], Kind>;

/** What a field wants instead of this value, e.g. `a whole number`; undefined when it fits. What is inside is not looked at. */
export function wantedInstead({ type }: Field, value: unknown): string | undefined {
  const kind: Kind = kinds[type];
  return kind.fits(value) ? undefined : kind.name;
}
