import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rendered } from './support.ts';

function hostile(name: string, source: string): string {
  return rendered(`etc/${name}.hbs`, source, { x: 'a "b" $c\n' });
}

test('a bare mustache is encoded for the language of the file', () => {
  assert.equal(hostile('node.env', 'X={{x}}\n'), 'X="a \\"b\\" \\$c\n"\n');
  assert.equal(hostile('a.sh', 'echo -n {{x}}\n'), `echo -n 'a "b" $c\n'\n`);
  assert.equal(hostile('a.toml', 'x = {{x}}\n'), 'x = "a \\"b\\" $c\\n"\n');
  assert.equal(hostile('a.pkr.hcl', 'x = {{x}}\n'), 'x = "a \\"b\\" $c\\n"\n');
  assert.equal(hostile('99.conflist', '{"x": {{x}} }\n'), '{"x": "a \\"b\\" $c\\n" }\n');
  assert.equal(hostile('a.yaml', 'x: {{x}}\n'), 'x: "a \\"b\\" $c\\n"\n');
});

test('units and INI files, whose values have one line', () => {
  const data = { x: '50 %' };
  assert.equal(
    rendered('a.service', '[Service]\nEnvironment=X={{x}}\n', data),
    '[Service]\nEnvironment=X=50\\x20%%\n',
  );
  assert.equal(
    rendered('kubelet.service.d/10.conf', '[Service]\nEnvironment=X={{x}}', data),
    '[Service]\nEnvironment=X=50\\x20%%',
  );
  assert.equal(rendered('sysctl.d/90.conf', 'vm.x = {{x}}\n', { x: '1 2' }), 'vm.x = 1 2\n');
});

test('nothing is escaped for HTML, nor any text around the values', () => {
  assert.equal(
    rendered('a.sh', `test 1 -lt 2 && echo "<'&>" {{x}} \\{{y}}\n`, { x: '<&>' }),
    `test 1 -lt 2 && echo "<'&>" '<&>' {{y}}\n`,
  );
});

test('paths, parents, the root and what a block gives', () => {
  const source =
    '{{#each a.items as |item index|}}[{{item.k}}, {{@index}}, {{index}}, {{this.k}}, {{../top}}, {{@root.a.b}}]\n{{/each}}';
  const data = { top: 't', a: { b: true, items: [{ k: 'x y' }, { k: 2 }] } };
  assert.equal(
    rendered('a.yaml', source, data),
    "['x y', 0, 0, 'x y', 't', true]\n[2, 1, 1, 2, 't', true]\n",
  );
  assert.equal(
    rendered('a.toml', '{{#each m}}\n{{@key}} = {{this}}\n{{/each}}\n', { m: { 'a b': 'c', 'd': ['e', 1] } }),
    '"a b" = "c"\n"d" = ["e", 1]\n',
  );
  assert.equal(rendered('a.env', '{{#with a}}\nB={{b}}\n{{/with}}\n', { a: { b: 1 } }), 'B=1\n');
});

test('conditions on values, lists and false', () => {
  const source =
    '{{#if x}}\nX={{x}}\n{{else if y}}\nY={{y}}\n{{else}}\nNONE=1\n{{/if}}\n{{#unless list}}\nEMPTY=1\n{{/unless}}\n';
  assert.equal(rendered('a.env', source, { x: 'a', y: 'b', list: [] }), 'X=a\nEMPTY=1\n');
  assert.equal(rendered('a.env', source, { x: '', y: 'b', list: ['c'] }), 'Y=b\n');
  assert.equal(rendered('a.env', source, { x: '', y: null, list: ['c'] }), 'NONE=1\n');
});

test('a value is never a template', () => {
  assert.equal(rendered('a.sh', 'echo {{x}}', { x: '{{y}}{{{y}}}', y: 'no' }), "echo '{{y}}{{{y}}}'");
});
