import assert from 'node:assert/strict';
import type { Template } from '../../src/template/bind.ts';
import { compileTemplate } from '../../src/template/compile.ts';

/** A template that must compile. */
export function compiled(name: string, source: string): Template {
  const result = compileTemplate(name, source);
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

export function rendered(name: string, source: string, data: Readonly<Record<string, unknown>>): string {
  return compiled(name, source)(data);
}

/** The errors of a template that must not compile, each as `line:column+length code: message`. */
export function refusals(name: string, source: string): string[] {
  const result = compileTemplate(name, source);
  assert.ok(!result.ok, `${name} compiles`);
  return result.errors.map(({ code, message, location }) => {
    const place = location === undefined ? '' : `${location.line}:${location.column}+${location.length} `;
    return `${place}${code}: ${message}`;
  });
}
