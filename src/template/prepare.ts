import { ok } from '../diagnostics/diagnostic.ts';
import type { Result } from '../diagnostics/diagnostic.ts';
import type { Language } from '../encode/index.ts';
import { languageOf } from './language.ts';
import { parse } from './parse.ts';
import { rewrite } from './rewrite.ts';

/** `noEscape` because Handlebars would escape for HTML. The rest leaves no helper but ours and those of our blocks. */
export const OPTIONS = {
  noEscape: true,
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: {
    encode: true,
    given: true,
    if: true,
    unless: true,
    each: true,
    with: true,
    log: false,
    lookup: false,
    helperMissing: false,
    blockHelperMissing: false,
  },
} as const satisfies CompileOptions;

/** A template that is ready for Handlebars' compiler with `OPTIONS`. */
export interface Prepared {
  readonly language: Language;
  readonly program: hbs.AST.Program;
}

/** Reads a template and rewrites it for its language. The errors are located, or say that the name has no language. */
export function prepare(name: string, text: string): Result<Prepared> {
  const language = languageOf(name);
  if (!language.ok) return language;
  const source = { name, text };
  const parsed = parse(source);
  if (!parsed.ok) return parsed;
  const program = rewrite(source, language.value, parsed.value);
  return program.ok ? ok({ language: language.value, program: program.value }) : program;
}
