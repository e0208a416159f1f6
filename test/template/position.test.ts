import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileTemplate } from '../../src/template/compile.ts';
import { refusals } from './support.ts';

const PLACES: readonly (readonly [
  name: string,
  good: readonly string[],
  quoted: readonly string[],
  comment: readonly string[],
  position: readonly string[],
])[] = [
  [
    'a.env',
    ['X={{x}}', 'A="b"\n# it\'s\nX={{x}}\n', '{{#if x}}\nX={{x}}\n{{/if}}\n'],
    ['X="{{x}}"', "X='{{x}}'", 'X="a {{x}}"', 'X="a\n{{x}}"'],
    ['# {{x}}', 'A=1\n  # X={{x}}'],
    [
      'X=a{{x}}',
      'X={{x}}a',
      'X={{x}}{{x}}',
      'X={{#each x}}{{this}}{{/each}}',
      'X = {{x}}',
      '{{x}}=1',
      'export X={{x}}',
      'X={{x}} # a',
    ],
  ],
  [
    'a.service',
    ['Environment=X={{x}}', "Description=it's\nReadWritePaths={{x}} /b", 'Environment="A=b c" X={{x}}'],
    ['Environment="X={{x}}"', "Environment='X={{x}}'"],
    ['# {{x}}', '; {{x}}'],
    ['ExecStart={{x}}', 'ExecStartPre=-/bin/a {{x}}', '[{{x}}]', '{{x}}=1', 'X-{{x}}'],
  ],
  [
    'a.sh',
    [
      'X={{x}}',
      `echo 'it'\\''s' "a\\"b" $# {{x}}`,
      "# it's\n{{x}}",
      'cat <<EOF\n"\nEOF\necho {{x}}',
      "cat <<-'E'\n\t'\n\tE\necho {{x}}",
      'a{{x}}b',
    ],
    [
      '"{{x}}"',
      "'{{x}}'",
      '"$(a {{x}})"',
      '`a {{x}}`',
      'cat <<EOF\n{{x}}\nEOF\n',
      "cat <<-'E'\n\t{{x}}\n\tE\n",
    ],
    ['# {{x}}', 'true # {{x}}', 'true;#{{x}}'],
    [],
  ],
  [
    'a.toml',
    [
      'x = {{x}}',
      'x = [{{x}}, {{x}}]',
      '[a.{{x}}]',
      "a = '''\n''' # it's\n{{x}} = {{x}}",
      'x = [{{#each x}}{{this}}, {{/each}}]',
    ],
    ['x = "{{x}}"', "x = '{{x}}'", 'x = """\n{{x}}"""'],
    ['# {{x}}', 'x = 1 # {{x}}'],
    ['x = a{{x}}', 'x = {{x}}a', 'x = {{x}}{{x}}', 'x = ""{{x}}'],
  ],
  [
    'a.pkr.hcl',
    ['x = {{x}}', 'x = f({{x}}, {{x}})', 'a = <<-E\n"\n  E\nx = {{x}}', '/* " */ x = {{x}} // a'],
    ['x = "{{x}}"', 'x = "a ${ {{x}} }"', 'x = <<E\n{{x}}\nE\n'],
    ['# {{x}}', '// {{x}}', '/* {{x}} */'],
    ['x = a{{x}}', 'x = {{x}}a', 'x = {{x}}{{x}}'],
  ],
  [
    'a.json',
    ['{"a": {{x}} }', '[{{x}},{{x}}]', '{ {{x}}: 1}'],
    ['{"a": "{{x}}"}', '{"a\\"{{x}}": 1}'],
    [],
    ['[a{{x}}]', '[{{x}}{{x}}]', '[""{{x}}]'],
  ],
  [
    'a.yaml',
    [
      'x: {{x}}',
      '- {{x}}',
      "it's: [{{x}}, {{x}}]",
      '{{x}}: {{x}}',
      'a: "b" # it\'s\nx: {{x}}',
      'x: { {{x}}: 1}',
    ],
    ['x: "{{x}}"', "x: '{{x}}'", 'x: "a\n {{x}}"'],
    ['# {{x}}', 'x: 1 # {{x}}'],
    ['x: a{{x}}', 'x: {{x}}a', 'x:{{x}}', 'x: {{x}}{{x}}'],
  ],
  [
    'a.ini',
    ['x={{x}}', '[a]\nx = {{x}}'],
    ['x="{{x}}"'],
    ['# {{x}}', '; {{x}}'],
    ['x = a{{x}}', 'x = {{x}} a', '{{x}} = 1', '[{{x}}]'],
  ],
];

for (const [name, good, quoted, comment, position] of PLACES) {
  test(`where a value may stand in ${name}`, () => {
    for (const source of good) {
      const result = compileTemplate(name, source);
      assert.ok(result.ok, `${source}\n${JSON.stringify(result)}`);
    }
    for (const [kind, sources] of Object.entries({ quoted, comment, position })) {
      for (const source of sources) {
        const codes = new Set(refusals(name, source).map((refusal) => refusal.split(/[ :]/)[2]));
        assert.deepEqual(codes, new Set([`template/${kind}`]), source);
      }
    }
  });
}
