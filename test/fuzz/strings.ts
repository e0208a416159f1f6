import { constantFrom, oneof, sample, string } from 'fast-check';
import { hostile } from '../encode/corpus.ts';
import { trace } from './nasty.ts';

const signs = `'"\`\\$%{}()[]<>#;:,=&|!?*~-+@./_^ \t\n\r`.split('');

const fragment = constantFrom(
  ...signs,
  ...signs,
  'a',
  'b',
  '0',
  '7',
  'n',
  'x',
  'é',
  '😀',
  '\u0085',
  '\u00a0',
  '\u2028',
  '\ufeff',
  '\u200b',
  '\u0301',
  '${',
  '%{',
  '$${',
  '%%{',
  '$(',
  '`',
  '\\x',
  '\\u00',
  '\\n',
  '""',
  "''",
  "'\\''",
  '!!',
  '&&',
  '||',
  '<<',
  '- ',
  `$(>${trace})`,
  `\`>${trace}\``,
  `;>${trace};`,
  `\n>${trace}\n`,
  ': ',
  ' #',
  '---',
  '\nA=',
  '\n[',
  '{{',
  '}}',
);

/** Made of what languages take for more than text; of any characters; of such as a person sees as one; of known ones. */
const random = oneof(
  { arbitrary: string({ unit: fragment, maxLength: 12 }), weight: 5 },
  { arbitrary: string({ unit: 'binary', maxLength: 14 }), weight: 3 },
  { arbitrary: string({ unit: 'grapheme', maxLength: 10 }), weight: 2 },
  {
    arbitrary: string({ unit: constantFrom(...hostile.filter(({ length }) => length < 60)), maxLength: 3 }),
    weight: 1,
  },
);

const perDraw = 5000;

/** New strings without end, no two alike: the same for the same seed. */
export function* randomStrings(seed: number): Generator<string> {
  const known = new Set<string>();
  for (let draw = 0; ; draw += 1) {
    for (const text of sample(random, { numRuns: perDraw, seed: seed + draw })) {
      if (!known.has(text)) yield text;
      known.add(text);
    }
  }
}
