import Handlebars from 'handlebars';
import { ok } from '../diagnostics/diagnostic.ts';
import type { Result } from '../diagnostics/diagnostic.ts';
import { bind } from './bind.ts';
import type { Template } from './bind.ts';
import { OPTIONS, prepare } from './prepare.ts';

/**
 * Compiles a template. Its language follows from its name, e.g. env for `etc/flexgen/node.env.hbs`; each `{{name}}` is
 * encoded for that language. The errors are all the places where a value could reach the output in another way.
 */
export function compileTemplate(name: string, source: string): Result<Template> {
  const prepared = prepare(name, source);
  if (!prepared.ok) return prepared;
  const { language, program } = prepared.value;
  return ok(bind(Handlebars.compile(program, OPTIONS), name, language));
}
