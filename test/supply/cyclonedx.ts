import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { root } from '../cli/run.ts';

const schemas = join(root, 'node_modules/@cyclonedx/cyclonedx-library/res/schema');
const file = (name: string): string => `${name}.SNAPSHOT.schema.json`;
const schema = (name: string): object =>
  JSON.parse(readFileSync(join(schemas, file(name)), 'utf8')) as object;

/** What the tests read of a bill of materials. */
export interface Bom {
  readonly serialNumber: string;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}
export interface Component {
  readonly 'type': string;
  readonly 'bom-ref': string;
  readonly 'name': string;
  readonly 'version'?: string;
  readonly 'purl'?: string;
  readonly 'hashes'?: readonly { readonly alg: string; readonly content: string }[];
  readonly 'licenses'?: readonly { readonly license?: { readonly id: string } }[];
  readonly 'externalReferences'?: readonly { readonly type: string; readonly url: string }[];
}

/** Reads a bill of materials; it must be what CycloneDX's own JSON Schema of 1.6 takes, and refer to nothing that it lacks. */
export function readBom(text: string): Bom {
  const bom = JSON.parse(text) as Bom;
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  for (const name of ['spdx', 'jsf-0.82'])
    ajv.addSchema(schema(name), `http://cyclonedx.org/schema/${file(name)}`);
  const validate = ajv.compile(schema('bom-1.6'));
  assert.ok(validate(bom), ajv.errorsText(validate.errors));
  const refs = [bom.metadata.component, ...bom.components].map((one) => one['bom-ref']);
  assert.equal(new Set(refs).size, refs.length, 'each reference is one component’s');
  for (const { ref, dependsOn } of bom.dependencies)
    for (const one of [ref, ...dependsOn]) assert.ok(refs.includes(one), one);
  for (const { externalReferences = [] } of bom.components)
    for (const { url } of externalReferences) assert.ok(URL.canParse(url), url);
  return bom;
}
