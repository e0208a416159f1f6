import { hostile } from '../encode/corpus.ts';

/** The file that would be there if any reader ran what it should have read. */
export const trace = 'executed';

const touch = `touch ${trace}`;

/** How text ends what it stands in. */
const endings = [
  '',
  "'",
  '"',
  '`',
  '\\',
  "\\'",
  '\\"',
  '\\\\"',
  `'"'"'`,
  `"'"'"`,
  '\n',
  '\r\n',
  '\u0085',
  '\u2028',
  '\0',
  "''",
  '""',
  "'''",
  '"""',
  ')',
  '}',
  ']',
  '}}',
  '%}',
  ']]>',
  '-->',
  '*/',
  ';',
  '#\n',
  '\nEOF\n',
  '\nEND\n',
  '\n---\n',
  '\n...\n',
  '\n[x]\n',
  '\n]\n',
  '\n\t',
  ' \\\n',
  '" ]\n',
  "' ]\n",
];

/** What then would be run, included or filled in, by one of the readers. */
const commands = [
  `$(${touch})`,
  `\`${touch}\``,
  `;${touch};`,
  `|${touch}`,
  `&&${touch}&&`,
  `\n${touch}\n`,
  `$(>${trace})`,
  `<(${touch})`,
  `\${x:=$(${touch})}`,
  `$((a[$(${touch})]))`,
  `>${trace}`,
  `$'\\x24(${touch})'`,
  `%(${touch})s`,
  `!!python/object/apply:os.system ["${touch}"]`,
  `\${file("/etc/hostname")}`,
  `\${env.HOME}`,
  `%{ for x in [1] }x%{ endfor }`,
  `ExecStartPre=/bin/${touch}\n`,
  `import = "/etc/hostname"\n`,
  `<script>${touch}</script>`,
];

const punctuation = `!"#$%&'()*+,-./:;<=>?@[\\]^_\`{|}~ \t\n`.split('');

/** Every character of Latin-1 between two others, at both ends and alone. */
const characters = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).flatMap((one) => [
  one,
  `a${one}b`,
  `${one}a${one}`,
]);

/** Made for a language to be misread: what was once, each way out of quotes with each command, pairs of signs. */
export const nasty: readonly string[] = [
  ...new Set([
    ...hostile,
    ...endings.flatMap((ending) => commands.map((command) => `a${ending}${command}${ending}#`)),
    ...punctuation.flatMap((one) => punctuation.map((two) => `${one}${two}`)),
    ...punctuation.flatMap((one) => punctuation.map((two) => `x ${one}${two}y`)),
    ...characters,
  ]),
];
