import { hostile, quoted } from '../characters.ts';
import { sample } from '../sample.ts';
import { refuses } from './refuses.ts';

const withLabel = (yaml: string): string => `${sample}node: { labels: { site: ${yaml} } }\n`;
const named = (name: string) => ({ name, config: withLabel(quoted(hostile[name] ?? '')) });

refuses('a label value, escaped in the file, with', [
  {
    ...named('a double quote'),
    stderr: `error: this is not a label value
 --> flexgen.yaml:7:25
  |
7 | node: { labels: { site: "a\\"b" } }
  |                         ^^^^^^
  = letters, digits, \`-\`, \`_\` and \`.\`, with a letter or digit at both ends; at most 63 characters
`,
  },
  {
    ...named('a single quote'),
    stderr: `error: this is not a label value
 --> flexgen.yaml:7:25
  |
7 | node: { labels: { site: "a'b" } }
  |                         ^^^^^
  = letters, digits, \`-\`, \`_\` and \`.\`, with a letter or digit at both ends; at most 63 characters
`,
  },
  {
    ...named('a command substitution'),
    stderr: `error: this is not a label value
 --> flexgen.yaml:7:25
  |
7 | node: { labels: { site: "a$(id)b" } }
  |                         ^^^^^^^^^
  = letters, digits, \`-\`, \`_\` and \`.\`, with a letter or digit at both ends; at most 63 characters
`,
  },
  {
    ...named('a backtick'),
    stderr: `error: this is not a label value
 --> flexgen.yaml:7:25
  |
7 | node: { labels: { site: "a\`id\`b" } }
  |                         ^^^^^^^^
  = letters, digits, \`-\`, \`_\` and \`.\`, with a letter or digit at both ends; at most 63 characters
`,
  },
  {
    ...named('a line break'),
    stderr: `error: the character U+000A (a line break) may not stand here
 --> flexgen.yaml:7:25
  |
7 | node: { labels: { site: "a\\nb" } }
  |                         ^^^^^^ write the value in one line
`,
  },
  {
    ...named('a hash'),
    stderr: `error: this is not a label value
 --> flexgen.yaml:7:25
  |
7 | node: { labels: { site: "a #b" } }
  |                         ^^^^^^
  = letters, digits, \`-\`, \`_\` and \`.\`, with a letter or digit at both ends; at most 63 characters
`,
  },
  {
    ...named('a colon and a space'),
    stderr: `error: this is not a label value
 --> flexgen.yaml:7:25
  |
7 | node: { labels: { site: "a: b" } }
  |                         ^^^^^^
  = letters, digits, \`-\`, \`_\` and \`.\`, with a letter or digit at both ends; at most 63 characters
`,
  },
  {
    ...named('U+0085'),
    stderr: `error: the character U+0085 (next line) may not stand here
 --> flexgen.yaml:7:25
  |
7 | node: { labels: { site: "a\\U00000085b" } }
  |                         ^^^^^^^^^^^^^^ remove it
`,
  },
  {
    ...named('U+2028'),
    stderr: `error: the character U+2028 (line separator) may not stand here
 --> flexgen.yaml:7:25
  |
7 | node: { labels: { site: "a\\U00002028b" } }
  |                         ^^^^^^^^^^^^^^ remove it
`,
  },
  {
    ...named('NUL'),
    stderr: `error: the character U+0000 (NUL) may not stand here
 --> flexgen.yaml:7:25
  |
7 | node: { labels: { site: "a\\u0000b" } }
  |                         ^^^^^^^^^^ remove it
`,
  },
  {
    ...named('an emoji'),
    stderr: `error: this is not a label value
 --> flexgen.yaml:7:25
  |
7 | node: { labels: { site: "a\\U0001f600b" } }
  |                         ^^^^^^^^^^^^^^
  = letters, digits, \`-\`, \`_\` and \`.\`, with a letter or digit at both ends; at most 63 characters
`,
  },
  {
    ...named('a mustache'),
    stderr: `error: this is not a label value
 --> flexgen.yaml:7:25
  |
7 | node: { labels: { site: "a{{x}}b" } }
  |                         ^^^^^^^^^
  = letters, digits, \`-\`, \`_\` and \`.\`, with a letter or digit at both ends; at most 63 characters
`,
  },
  {
    ...named('a shell variable'),
    stderr: `error: this is not a label value
 --> flexgen.yaml:7:25
  |
7 | node: { labels: { site: "a\${x}b" } }
  |                         ^^^^^^^^
  = letters, digits, \`-\`, \`_\` and \`.\`, with a letter or digit at both ends; at most 63 characters
`,
  },
  {
    ...named('an HCL directive'),
    stderr: `error: this is not a label value
 --> flexgen.yaml:7:25
  |
7 | node: { labels: { site: "a%{x}b" } }
  |                         ^^^^^^^^
  = letters, digits, \`-\`, \`_\` and \`.\`, with a letter or digit at both ends; at most 63 characters
`,
  },
]);

refuses('a label value, as it stands in the file, with', [
  {
    name: 'NUL',
    config: withLabel('a\0b'),
    stderr: `error: the character U+0000 (NUL) may not stand here
 --> flexgen.yaml:7:26
  |
7 | node: { labels: { site: a␀b } }
  |                          ^ remove it
`,
  },
  {
    name: 'U+0085',
    config: withLabel('a\u0085b'),
    stderr: `error: the character U+0085 (next line) may not stand here
 --> flexgen.yaml:7:26
  |
7 | node: { labels: { site: a�b } }
  |                          ^ remove it
`,
  },
  {
    name: 'U+2028',
    config: withLabel('"a\u2028b"'),
    stderr: `error: the character U+2028 (line separator) may not stand here
 --> flexgen.yaml:7:27
  |
7 | node: { labels: { site: "a�b" } }
  |                           ^ remove it
`,
  },
  {
    name: 'an emoji',
    config: withLabel('a😀b'),
    stderr: `error: this is not a label value
 --> flexgen.yaml:7:25
  |
7 | node: { labels: { site: a😀b } }
  |                         ^^^^
  = letters, digits, \`-\`, \`_\` and \`.\`, with a letter or digit at both ends; at most 63 characters
`,
  },
  {
    name: 'a colon and a space',
    config: withLabel('a: b'),
    stderr: `error: a second value, or an indented one, stands inside \`{…}\` or \`[…]\`
 --> flexgen.yaml:7:25
  |
7 | node: { labels: { site: a: b } }
  |                         ^^^^^ close the bracket first; put a value that has \`: \` in it in quotes
`,
  },
  {
    name: 'a mustache',
    config: withLabel('{{x}}'),
    stderr: `error: a key must be a string
 --> flexgen.yaml:7:26
  |
7 | node: { labels: { site: {{x}} } }
  |                          ^^^
  = write \`key: value\`, and put a value that starts with \`{\`, \`[\`, \`*\` or \`?\` in quotes
`,
  },
  {
    name: 'a percent sign at its beginning',
    config: withLabel('%{x}'),
    stderr: `error: a plain value cannot start with this character
 --> flexgen.yaml:7:25
  |
7 | node: { labels: { site: %{x} } }
  |                         ^ put the value in quotes
`,
  },
  {
    name: 'a backtick at its beginning',
    config: withLabel('`id`'),
    stderr: `error: a plain value cannot start with this character
 --> flexgen.yaml:7:25
  |
7 | node: { labels: { site: \`id\` } }
  |                         ^ put the value in quotes
`,
  },
]);
