import runtime from 'handlebars/runtime';
import { bind } from './bind.ts';
import type { Template } from './bind.ts';
import type { Language } from '../encode/index.ts';

/** What `precompileTemplate` writes as JavaScript: plain data but for the functions that Handlebars makes. */
export interface Precompiled {
  readonly name: string;
  readonly language: Language;
  readonly spec: TemplateSpecification;
}

/** A template from its precompiled form. Needs only Handlebars' runtime, not its compiler. */
export function instantiate({ name, language, spec }: Precompiled): Template {
  return bind(runtime.template(spec), name, language);
}
