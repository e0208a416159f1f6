import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TemplateError } from '../../src/template/bind.ts';
import { compiled } from './support.ts';

/** The message of the error that the template throws for this data. */
function failure(source: string, data: Readonly<Record<string, unknown>>): string {
  const template = compiled('node.env.hbs', source);
  try {
    return `no error: ${template(data)}`;
  } catch (error) {
    assert.ok(error instanceof TemplateError);
    assert.ok(!`${error.stack}`.includes('hunter2'));
    return error.message;
  }
}

test('a value that is missing is named with its place', () => {
  assert.equal(failure('A=1\nX={{x}}\n', {}), 'node.env.hbs:2:5: x is missing');
  assert.equal(failure('X={{x}}\n', { x: undefined }), 'node.env.hbs:1:5: x is missing');
  assert.equal(failure('X={{a.b.c}}\n', {}), 'node.env.hbs:1:5: a.b.c is missing');
  assert.equal(failure('X={{a.b.c}}\n', { a: { b: 'hunter2' } }), 'node.env.hbs:1:5: a.b.c is missing');
  assert.equal(failure('{{#if x}}\n{{/if}}', {}), 'node.env.hbs:1:7: x is missing');
  assert.equal(failure('{{#each a.x}}\n{{/each}}', { a: {} }), 'node.env.hbs:1:9: a.x is missing');
  assert.equal(
    failure('{{#each xs}}\nX={{../x}}\n{{/each}}', { xs: [1] }),
    'node.env.hbs:2:5: ../x is missing',
  );
});

test('what every object inherits is missing', (t) => {
  const written = t.mock.method(console, 'error', () => undefined);
  assert.equal(failure('X={{toString}}\n', {}), 'node.env.hbs:1:5: toString is missing');
  assert.equal(failure('X={{a.toString}}\n', { a: {} }), 'node.env.hbs:1:5: a.toString is missing');
  assert.equal(failure('X={{x.length}}\n', { x: 'hunter2' }), 'node.env.hbs:1:5: x.length is missing');
  assert.equal(written.mock.callCount(), 0);
});

test('a value that cannot be written is named, not shown', () => {
  const notText = 'node.env.hbs:1:5: x is neither text, a number, true or false, nor a list of these';
  for (const x of [null, { a: 'hunter2' }, [['hunter2']], () => 'hunter2'])
    assert.equal(failure('X={{x}}\n', { x }), notText);
  assert.equal(
    failure('X={{x}}\n', { x: 'hunter2\0' }),
    'node.env.hbs:1:5: x holds a NUL character, which env cannot',
  );
  assert.equal(
    failure('X={{x}}\n', { x: ['hunter2'] }),
    'node.env.hbs:1:5: x holds a list, which env cannot',
  );
});
