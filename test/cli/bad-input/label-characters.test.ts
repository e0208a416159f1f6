import { hostile, quoted } from '../characters.ts';
import { sample } from '../sample.ts';
import { refuses } from './refuses.ts';
import type { Refusal } from './refuses.ts';

/** What is said of the value: `hint` stands beside what is pointed at, all of it unless `at` says where and how long. */
interface Said {
  readonly message: string;
  readonly hint: string;
  readonly at?: readonly [from: number, length: number];
}

const notALabel: Said = {
  message: 'this is not a label value',
  hint: '\n  = letters, digits, `-`, `_` and `.`, with a letter or digit at both ends; at most 63 characters',
};

const character = (name: string, at?: Said['at'], hint = ' remove it'): Said => ({
  message: `the character ${name} may not stand here`,
  hint,
  ...(at === undefined ? {} : { at }),
});

/** A label whose value stands in the file as `yaml`, and in what is printed as `shown`. */
function label(name: string, yaml: string, { message, hint, at }: Said, shown = yaml): Refusal {
  const [from, length] = at ?? [0, shown.length];
  return {
    name,
    config: `${sample}node: { labels: { site: ${yaml} } }\n`,
    stderr: `error: ${message}
 --> flexgen.yaml:7:${25 + from}
  |
7 | node: { labels: { site: ${shown} } }
  |                         ${' '.repeat(from)}${'^'.repeat(length)}${hint}
`,
  };
}

const escaped = (name: string, shown: string, said = notALabel): Refusal =>
  label(name, quoted(hostile[name] ?? ''), said, shown);

refuses('a label value, escaped in the file, with', [
  escaped('a double quote', String.raw`"a\"b"`),
  escaped('a single quote', `"a'b"`),
  escaped('a command substitution', '"a$(id)b"'),
  escaped('a backtick', '"a`id`b"'),
  escaped(
    'a line break',
    String.raw`"a\nb"`,
    character('U+000A (a line break)', undefined, ' write the value in one line'),
  ),
  escaped('a hash', '"a #b"'),
  escaped('a colon and a space', '"a: b"'),
  escaped('U+0085', String.raw`"a\U00000085b"`, character('U+0085 (next line)')),
  escaped('U+2028', String.raw`"a\U00002028b"`, character('U+2028 (line separator)')),
  escaped('NUL', String.raw`"a\u0000b"`, character('U+0000 (NUL)')),
  escaped('an emoji', String.raw`"a\U0001f600b"`),
  escaped('a mustache', '"a{{x}}b"'),
  escaped('a shell variable', '"a${x}b"'),
  escaped('an HCL directive', '"a%{x}b"'),
]);

const plainStart: Said = {
  message: 'a plain value cannot start with this character',
  hint: ' put the value in quotes',
  at: [0, 1],
};

refuses('a label value, as it stands in the file, with', [
  label('NUL', 'a\0b', character('U+0000 (NUL)', [1, 1]), 'a␀b'),
  label('U+0085', 'a\u0085b', character('U+0085 (next line)', [1, 1]), 'a�b'),
  label('U+2028', '"a\u2028b"', character('U+2028 (line separator)', [2, 1]), '"a�b"'),
  label('an emoji', 'a😀b', notALabel),
  label('a colon and a space', 'a: b', {
    message: 'a second value, or an indented one, stands inside `{…}` or `[…]`',
    hint: ' close the bracket first; put a value that has `: ` in it in quotes',
    at: [0, 5],
  }),
  label('a mustache', '{{x}}', {
    message: 'a key must be a string',
    hint: '\n  = write `key: value`, and put a value that starts with `{`, `[`, `*` or `?` in quotes',
    at: [1, 3],
  }),
  label('a percent sign at its beginning', '%{x}', plainStart),
  label('a backtick at its beginning', '`id`', plainStart),
]);
