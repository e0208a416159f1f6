import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileTemplate } from '../../src/template/compile.ts';
import { refusals } from './support.ts';

test('a refusal has its file, line, column, text and what to do', () => {
  const result = compileTemplate('etc/node.env.hbs', 'A=1\nX={{{secret}}}\n');
  assert.deepEqual(result, {
    ok: false,
    errors: [
      {
        severity: 'error',
        code: 'template/unescaped',
        message: 'a value is put out without being encoded',
        hint: 'write {{name}}: it is encoded for the language of the file; put a space between a { of the file and {{',
        location: { file: 'etc/node.env.hbs', line: 2, column: 3, length: 12, text: 'X={{{secret}}}' },
      },
    ],
  });
});

test('a name without a known ending has no language', () => {
  assert.deepEqual(refusals('node.txt.hbs', 'x'), [
    'template/language: the name of template node.txt.hbs does not tell its language',
  ]);
});

test('every way around the encoder is refused', () => {
  for (const [source, expected] of [
    ['X={{{x}}}', '1:3+7 template/unescaped: a value is put out without being encoded'],
    ['X={{&x}}', '1:3+6 template/unescaped: a value is put out without being encoded'],
    ['X={{x y}}', '1:3+7 template/helper: x is not a known helper'],
    ['X={{x k=1}}', '1:3+9 template/helper: x is not a known helper'],
    ['X={{encode x}}', '1:3+12 template/helper: encode is not a known helper'],
    ['X={{lookup x "y"}}', '1:3+16 template/helper: lookup is not a known helper'],
    ['X={{(x)}}', '1:1+9 template/syntax: Handlebars cannot read this line'],
    ['X={{"x"}}', '1:3+7 template/literal: a literal has no need of a template'],
    ['X={{1}}', '1:3+5 template/literal: a literal has no need of a template'],
    ['{{> other}}', '1:1+11 template/partial: a template cannot include another'],
    ['{{#> other}}{{/other}}', '1:1+22 template/partial: a template cannot include another'],
    ['{{* decorator}}', '1:1+15 template/decorator: a template cannot have decorators'],
    ['{{#*inline "a"}}{{/inline}}', '1:1+27 template/decorator: a template cannot have inline partials'],
    ['{{{{raw}}}} {{x}} {{{{/raw}}}}', '1:1+30 template/raw-block: a template cannot have raw blocks'],
    ['{{{{if x}}}} {{{{/if}}}}', '1:1+24 template/raw-block: a template cannot have raw blocks'],
    ['{{#x}}{{/x}}', '1:1+12 template/helper: x is not a known block'],
    ['{{^x}}{{/x}}', '1:1+12 template/helper: x is not a known block'],
    ['{{#if}}{{/if}}', '1:1+14 template/helper: #if takes one name'],
    ['{{#if x y}}{{/if}}', '1:1+18 template/helper: #if takes one name'],
    ['{{#if (x y)}}{{/if}}', '1:1+20 template/helper: #if takes one name'],
    ['{{#if x includeZero=true}}{{/if}}', '1:1+33 template/helper: #if takes one name'],
    ['{{#each "x"}}{{/each}}', '1:1+22 template/helper: #each takes one name'],
    ['A=1\nX={{x', '2:1+5 template/syntax: Handlebars cannot read this line'],
    ['{{#if x}}\n{{/each}}', "1:4+6 template/syntax: if doesn't match each"],
  ] as const) {
    assert.deepEqual(refusals('node.env.hbs', source), [expected], source);
  }
});

test('all errors are reported, also inside of blocks, in the order of the text', () => {
  assert.deepEqual(refusals('a.sh', '{{#if a}}\n  "{{x}}"\n{{else}}\n  {{{y}}}\n{{/if}}\n# {{z}}\n'), [
    '2:4+5 template/quoted: a value stands inside quotes',
    '4:3+7 template/unescaped: a value is put out without being encoded',
    '6:3+5 template/comment: a value stands inside a comment',
  ]);
});
