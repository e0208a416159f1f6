import { yamlDocument, yamlLines } from '../../../src/encode/document.ts';
import { markup } from '../../../src/encode/html.ts';
import { encodeIni } from '../../../src/encode/ini.ts';
import { encodeToml } from '../../../src/encode/toml.ts';
import { encodeYaml } from '../../../src/encode/yaml.ts';
import { parseList, pythonWith, read } from '../../encode/reader.ts';
import type { Reader } from './reader.ts';

/** What Python prints of `text`, what stands on its standard input, as one JSON list. */
function python(module: string, expression: string, input: string, folder: string) {
  const command = pythonWith(module);
  if (command === undefined) return undefined;
  const program = `import json, sys, ${module}
text = sys.stdin.buffer.read().decode("utf-8", "surrogatepass")
${expression}
print(json.dumps(got))`;
  return parseList(read(command, ['-c', program], { input, cwd: folder }) ?? '[]');
}

const safeLoad = 'got = yaml.safe_load(text)';

/** In each place where a script or a setting of a user's stands. */
const placed = (value: string): unknown => ({
  [value]: [value, `x\n${value}`],
  lines: `${value}\n${value}\n`,
});

const yaml: readonly Reader[] = [
  {
    name: 'PyYAML, a value',
    writer: 'encode/yaml.ts',
    batch: 5000,
    encode: encodeYaml,
    read: (tokens, folder) =>
      python('yaml', safeLoad, tokens.map((token) => `- [${token}, {k: ${token}}]\n`).join(''), folder),
    expected: (value) => [value, { k: value }],
  },
  {
    name: 'PyYAML, a document',
    writer: 'encode/document.ts: yamlDocument',
    batch: 2500,
    encode: (value) => yamlDocument([placed(value)]),
    read: (tokens, folder) => python('yaml', safeLoad, tokens.join(''), folder),
    expected: placed,
  },
  {
    name: 'PyYAML, lines of a mapping',
    writer: 'encode/document.ts: yamlLines',
    batch: 5000,
    encode: (value) => yamlLines({ k: [value] }).slice('k: '.length),
    read: (tokens, folder) => python('yaml', safeLoad, tokens.map((token) => `- ${token}`).join(''), folder),
    expected: (value) => [value],
  },
];

const toml: Reader = {
  name: 'tomllib',
  writer: 'encode/toml.ts',
  batch: 5000,
  encode: encodeToml,
  read: (tokens, folder) =>
    python(
      'tomllib',
      'got = [[*d.items()] for d in tomllib.loads(text).values()]',
      tokens.map((token, index) => `[v${index}]\n${token} = ${token}\n`).join(''),
      folder,
    ),
  expected: (value) => [[value, value]],
};

const ini: Reader = {
  name: 'configparser',
  writer: 'encode/ini.ts',
  batch: 5000,
  encode: encodeIni,
  read: (tokens, folder) =>
    python(
      'configparser',
      `parser = configparser.ConfigParser(inline_comment_prefixes=("#", ";"))
parser.read_file(text.split("\\n"))
got = list(parser["test"].values())`,
      `[test]\n${tokens.map((token, index) => `k${index} = ${token}\n`).join('')}`,
      folder,
    ),
};

// What the page writes out: see the encoder.
const unseen = /(?![\t\n])[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;
const shown = (value: string): string =>
  value.replace(unseen, (one) => `[U+${one.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}]`);

const html: Reader = {
  name: 'html.parser',
  writer: 'encode/html.ts',
  batch: 5000,
  encode: (value) => markup`<p title="${value}">${value}</p>`.text,
  read: (tokens, folder) =>
    python(
      'html.parser',
      `got = []
class Reader(html.parser.HTMLParser):
    def handle_starttag(self, tag, attrs): got.append([tag, dict(attrs)["title"], ""])
    def handle_data(self, data): got[-1][2] += data
reader = Reader(); reader.feed(text); reader.close()`,
      tokens.join(''),
      folder,
    ),
  expected: (value) => ['p', shown(value), shown(value)],
};

export const pythons: readonly Reader[] = [...yaml, toml, ini, html];
