import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spawnSync } from 'node:child_process';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { instantiate } from '../../src/template/instantiate.ts';
import type { Precompiled } from '../../src/template/instantiate.ts';
import { precompileTemplate } from '../../src/template/precompile.ts';
import { hostile } from '../encode/corpus.ts';
import { compiled, refusals } from './support.ts';

const name = 'etc/a.yaml.hbs';
const source =
  '{{#if on}}\n{{#each map as |v|}}\n{{@key}}: [{{v}}, {{@root.a.b}}]\n{{/each}}\n{{else}}\noff: true\n{{/if}}\n';

function precompiled(): string {
  const result = precompileTemplate(name, source);
  assert.ok(result.ok);
  return result.value;
}

function isPrecompiled(value: unknown): value is Precompiled {
  return typeof value === 'object' && value !== null && 'spec' in value;
}

test('a precompiled template gives the same text as a compiled one', () => {
  const value: unknown = runInNewContext(`(${precompiled()})`);
  assert.ok(isPrecompiled(value));
  const template = instantiate(value);
  const map = Object.fromEntries(hostile.filter((x) => x !== '\ud83d').map((x) => [x, x]));
  for (const on of [true, false]) {
    const data = { on, map, a: { b: 'c d' } };
    assert.equal(template(data), compiled(name, source)(data));
  }
  assert.throws(() => template({ on: true, map: { a: 1 } }), {
    message: 'etc/a.yaml.hbs:3:21: @root.a.b is missing',
  });
});

test('precompiling gives the same bytes each time, and the same refusals', () => {
  assert.equal(precompiled(), precompiled());
  const result = precompileTemplate('a.env', 'X="{{x}}"');
  assert.deepEqual(result.ok ? [] : result.errors.map(({ code }) => code), ['template/quoted']);
  assert.equal(refusals('a.env', 'X="{{x}}"').length, 1);
});

test('a bundle of precompiled templates holds no compiler', async () => {
  const contents = `import { instantiate } from './src/template/instantiate.ts';
    process.stdout.write(instantiate(${precompiled()})({ on: true, map: { k: 'a b' }, a: { b: 1 } }));`;
  const result = await build({
    stdin: { contents, resolveDir: new URL('../..', import.meta.url).pathname },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
    metafile: true,
  });
  const inputs = Object.keys(result.metafile.inputs);
  assert.ok(inputs.some((path) => path.includes('handlebars/runtime')));
  assert.deepEqual(
    inputs.filter((path) => /handlebars\/.*compiler\//.test(path)),
    [],
  );
  const run = spawnSync(process.execPath, ['--input-type=module'], {
    input: result.outputFiles[0]?.text,
    encoding: 'utf8',
  });
  assert.equal(run.stdout, "'k': ['a b', 1]\n", run.stderr);
});
