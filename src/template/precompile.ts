import Handlebars from 'handlebars';
import { ok } from '../diagnostics/diagnostic.ts';
import type { Result } from '../diagnostics/diagnostic.ts';
import { OPTIONS, prepare } from './prepare.ts';

/**
 * Compiles a template ahead of time, to a JavaScript expression whose value `instantiate` takes. Language and errors are
 * those of `compileTemplate`. Same input, same bytes.
 */
export function precompileTemplate(name: string, source: string): Result<string> {
  const prepared = prepare(name, source);
  if (!prepared.ok) return prepared;
  const { language, program } = prepared.value;
  // Handlebars' types say that this is an object; it is the source text of one.
  const spec: unknown = Handlebars.precompile(program, OPTIONS);
  return ok(
    `{ name: ${JSON.stringify(name)}, language: ${JSON.stringify(language)}, spec: ${String(spec)} }`,
  );
}
