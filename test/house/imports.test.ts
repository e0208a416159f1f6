import assert from 'node:assert/strict';
import { test } from 'node:test';
import { violations } from './imports.ts';
import { sources } from './sources.ts';

function check(files: Readonly<Record<string, string>>): string[] {
  return violations(new Map(Object.entries(files)));
}

test('imports run down only', () => {
  assert.deepEqual(violations(sources()), []);
});

test('an import that runs up, of any form, is found', () => {
  const up = 'node/plan.ts: node may not import from render (render/cloud-init/plain.ts)';
  for (const statement of [
    "import { a } from '../render/cloud-init/plain.ts';",
    "import type { A } from '../render/cloud-init/plain.ts';",
    "import {\n  a,\n  type B,\n} from '../render/cloud-init/plain.ts';",
    "import a, * as b from '../render/cloud-init/plain.ts';",
    "import '../render/cloud-init/plain.ts';",
    'import { a } from "../render/cloud-init/plain.ts";',
    "export * from '../render/cloud-init/plain.ts';",
    "export { a } from '../render/cloud-init/plain.ts';",
    "export type { A } from '../render/cloud-init/plain.ts';",
    "const a = await import('../render/cloud-init/plain.ts');",
    "import { x } from 'yaml'; import { a } from '../render/cloud-init/plain.ts';",
    "/* it's */ import { a } from '../render/cloud-init/plain.ts';",
    "const url = 'https://x'; // it's\nimport { a } from '../render/cloud-init/plain.ts';",
  ]) {
    assert.deepEqual(check({ 'node/plan.ts': statement }), [up], statement);
  }
});

test('imports down, beside and of packages are allowed', () => {
  assert.deepEqual(
    check({
      'cli/main.ts': "import { a } from '../io/files.ts';\nimport { b } from '../azure/arc.ts';",
      'io/files.ts': "import { readFile } from 'node:fs/promises';\nconst a = process.env;",
      'azure/arc.ts': "import { c } from '@azure/identity';\nfetch('https://x');",
      'node/plan.ts':
        "import { a } from './auth/index.ts';\nimport { b } from '../config/spec.ts';\nimport { createHash } from 'node:crypto';",
      'node/auth/index.ts':
        "// import '../../cli/main.ts'; process.exit(1)\nconst text = 'a process.exit(1)';\nplan.process.run();",
      'build/build.ts': "import { a } from '../cli/main.ts';",
      'catalog/lock.ts': "import { z } from 'ajv';",
    }),
    [],
  );
});

test('floors beside each other do not import each other', () => {
  assert.deepEqual(
    check({
      'azure/arc.ts': "import '../kubernetes/rbac.ts';",
      'catalog/lock.ts': "import '../template/bind.ts';",
    }),
    [
      'azure/arc.ts: azure may not import from kubernetes (kubernetes/rbac.ts)',
      'catalog/lock.ts: catalog may not import from template (template/bind.ts)',
    ],
  );
  assert.deepEqual(check({ 'helpers/a.ts': "import '../encode/index.ts';" }), [
    'helpers/a.ts: helpers is no floor of the house',
  ]);
});

test('an import from outside of src is found, but for the version', () => {
  assert.deepEqual(
    check({
      'cli/main.ts': "import p from '../../package.json' with { type: 'json' };\nimport '../../test/a.ts';",
    }),
    ['cli/main.ts: ./test/a.ts is outside of src'],
  );
});

test('a pure floor does not reach outside', () => {
  for (const [statement, problem] of [
    ["import { readFileSync } from 'node:fs';", 'import node:fs'],
    ["import { readFile } from 'fs/promises';", 'import fs/promises'],
    ["import net from 'node:net';", 'import node:net'],
    ["import { request } from 'node:https';", 'import node:https'],
    ["import { spawn } from 'node:child_process';", 'import node:child_process'],
    ["import { argv } from 'node:process';", 'import node:process'],
    ["import { c } from '@azure/identity';", 'import @azure/identity'],
    ["const a = process.env['HOME'];", 'use process.'],
    ["const a = process['env'];", 'use process['],
    ["const a = await fetch('https://x');", 'use fetch('],
  ] as const) {
    assert.deepEqual(check({ 'config/load.ts': statement }), [
      `config/load.ts: config is pure and may not ${problem}`,
    ]);
  }
});

test('a circle is found and named', () => {
  const files = {
    'node/a.ts': "import { b } from './b.ts';",
    'node/b.ts': "import type { c } from './parts/c.ts';",
    'node/parts/c.ts': "export * from '../a.ts';",
    'node/d.ts': "import './a.ts';",
  };
  assert.deepEqual(check(files), ['circle: node/a.ts -> node/b.ts -> node/parts/c.ts -> node/a.ts']);
});
