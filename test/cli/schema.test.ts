import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { suite, test } from 'node:test';
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { createRig, root } from './run.ts';

const folder = `${root}/templates/config`;
const starters = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const example = (name: string): unknown => parse(readFileSync(`${folder}/${name}`, 'utf8'));

/** As an editor reads it: formats and words that it does not know are passed by. */
function asEditor(schema: unknown): ValidateFunction {
  assert.ok(typeof schema === 'object' && schema !== null);
  return new Ajv({ strict: false, discriminator: true, validateFormats: false, logger: false }).compile(
    schema,
  );
}

/** The paths of the schema below which something has no description. */
function undescribed(schema: unknown, path = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => {
    const here = `${path}/${key}`;
    const described =
      !path.endsWith('/properties') ||
      (typeof value === 'object' && value !== null && 'description' in value);
    return [...(described ? [] : [here]), ...undescribed(value, here)];
  });
}

suite('schema', async () => {
  test('is a JSON Schema that takes every starter', async (t) => {
    const { exitCode, stdout, stderr } = await createRig(t).flexgen(['schema']);
    assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
    const schema: unknown = JSON.parse(stdout);
    const ajv = new Ajv({ strict: false });
    assert.equal(ajv.validateSchema(schema as object), true, ajv.errorsText());
    const validate = asEditor(schema);
    for (const starter of starters) {
      assert.equal(validate(example(starter)), true, `${starter}: ${JSON.stringify(validate.errors)}`);
    }
    assert.deepEqual(undescribed(schema), []);
  });

  test('refuses what flexgen refuses', async (t) => {
    const validate = asEditor(JSON.parse((await createRig(t).flexgen(['schema'])).stdout));
    const good = example('bootstrap-token.yaml') as Record<string, object>;
    for (const bad of [
      {},
      [],
      { ...good, apiVersion: 'flexgen/v2' },
      { ...good, nodes: [] },
      { ...good, auth: { ...good['auth'], token: 'f4k3f4.k3f4k3f4k3f4k3f4' } },
      { ...good, auth: { ...good['auth'], mode: 'password' } },
      { ...good, auth: { ...good['auth'], clientId: 'a' } },
      { ...good, node: { ...good['node'], os: 'windows' } },
      { ...good, node: { ...good['node'], maxPods: '30' } },
      { ...good, network: { mode: 'bridge' } },
    ]) {
      assert.equal(validate(bad), false, JSON.stringify(bad));
    }
  });
});
