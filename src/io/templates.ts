import { readFileSync } from 'node:fs';
import { compileTemplate } from '../template/compile.ts';
import type { NodeTemplates } from '../node/plan.ts';

const read = (path: string): string =>
  readFileSync(new URL(`../../templates/node${path}`, import.meta.url), 'utf8');

/** The templates as the source tree has them, compiled at each use. A build replaces this module by compiled ones. */
export function nodeTemplates(): NodeTemplates {
  return {
    text: read,
    render(path, values) {
      const template = compileTemplate(`templates/node${path}.hbs`, read(`${path}.hbs`));
      if (!template.ok) throw new Error(template.errors.map((error) => error.message).join('; '));
      return template.value(values);
    },
  };
}
